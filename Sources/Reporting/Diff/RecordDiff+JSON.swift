import FoundationEssentials
import Records

extension RecordDiff {
  /// All rows as JSON with exact values: bytes, counts, seconds and numbers as numbers, texts as
  /// strings; numbers that JSON lacks are the strings `nan`, `inf` and `-inf`.
  public func json(options: DiffOptions = DiffOptions()) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let document = Document(
      differs: hasDifferences, a: sides?.before, b: sides?.after,
      rows: rows.filter(options.shows).map(Document.Row.init),
      causes: causes.map(Document.Cause.init),
      notes: notes, unplanned: unplanned.isEmpty ? nil : unplanned,
      uncompared: uncompared.isEmpty ? nil : uncompared, summary: summary)
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private struct Document: Encodable {
    let differs: Bool
    let a: String?
    let b: String?
    let rows: [Row]
    let causes: [Cause]
    let notes: [String]
    let unplanned: [String]?
    let uncompared: [String]?
    let summary: String

    struct Cause: Encodable {
      let cell: String
      let change: String
      let name: String
      let count: Int
      let a: Int
      let b: Int
      let reason: String

      init(_ cause: MemoryCause) {
        cell = cause.cell
        change = cause.change.rawValue
        name = cause.name
        count = cause.count
        a = cause.before
        b = cause.after
        reason = cause.reason
      }
    }

    struct Row: Encodable {
      let cell: String
      let block: String
      let name: String
      let a: Value?
      let b: Value?
      let verdict: String

      init(_ row: RecordDiff.Row) {
        cell = row.cell
        block = row.block.rawValue
        name = row.name
        a = row.before.map(Value.init)
        b = row.after.map(Value.init)
        verdict = row.verdict.rawValue
      }
    }

    /// A value without its kind, which its name tells.
    struct Value: Encodable {
      let value: RecordedValue

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .bytes(let count), .count(let count): try container.encode(count)
        case .number(let number), .seconds(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
      }
    }
  }
}
