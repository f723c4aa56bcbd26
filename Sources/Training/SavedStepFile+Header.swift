import FoundationEssentials
import Records

extension SavedStepFile {
  /// The part of a run's progress that numbers depend on, and its measurements.
  struct Header: Codable, Equatable {
    var key: String
    var step: Int
    var lossBits: [UInt32]
    var evaluations: [String: [MetricSeries.Point]]
    var times: [StepTimes]
    var seconds: Double
    var measuredPeak: Int?
    /// That of the gradients, where it was the last step of a run.
    var gradientDigest: String?
    var byteCounts: [Int]
  }
}

extension SavedStepFile.Header {
  /// The header as the file has it: how many bytes follow, and those.
  var text: String {
    let encoder = JSONEncoder()
    // A perplexity may be infinite.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let json = (try? encoder.encode(self)) ?? Data()
    return "\(json.count)\n" + String(decoding: json, as: UTF8.self)
  }

  /// Reads the JSON of a header; nil for one that is damaged.
  init?(json: Data) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let header = try? decoder.decode(Self.self, from: json) else { return nil }
    self = header
  }
}
