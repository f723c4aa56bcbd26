import DataFiles
import TestSupport
import Testing

@Suite struct CSVTests {
  private func open(
    _ text: String, delimiter: UInt8 = UInt8(ascii: ","), hasHeader: Bool = true
  ) throws(DataFileError) -> CSVFile {
    try CSVFile(
      FileBytes(Array(text.utf8), name: "a.csv"), delimiter: delimiter, hasHeader: hasHeader)
  }

  private func column(_ name: String, _ kind: CSVColumn.Kind) -> CSVColumn {
    CSVColumn(name: name, kind: kind)
  }

  private func texts(_ text: String, _ name: String = "a") throws -> [String] {
    guard case .texts(let values)? = try open(text).values(of: [column(name, .text)]).first else {
      return []
    }
    return values
  }

  private func fault(
    _ text: String, _ column: CSVColumn = CSVColumn(name: "a", kind: .number),
    hasHeader: Bool = true
  ) -> CSVFault? {
    DataFilesTests.fault(CSVFault.self) {
      _ = try open(text, hasHeader: hasHeader).values(of: [column])
    }
  }

  @Test("Quoted fields hold commas, line ends and quotes")
  func quotes() throws {
    #expect(
      try texts("a,b\n\"x, y\",1\n\"line\nend\",2\n\"say \"\"hi\"\"\",3\n\"\",4") == [
        "x, y", "line\nend", "say \"hi\"", "",
      ])
    #expect(try texts("a\n\"\"\"\"\n\"\"\"\"\"\"\n") == ["\"", "\"\""])
  }

  @Test(
    "Any line ends, a byte order mark, blank lines and a missing last line end make no difference")
  func lineEnds() throws {
    for text in [
      "a,b\nx,1\ny,2\n", "a,b\r\nx,1\r\ny,2", "\u{FEFF}a,b\rx,1\r\ry,2", "\n\na,b\n\nx,1\ny,2",
    ] {
      #expect(try texts(text) == ["x", "y"])
    }
  }

  @Test("Columns have types: numbers, whole numbers, categories, texts")
  func types() throws {
    let file = try open("n,i,c,t\n\t1.5,10,9,x\n-2e3, -4 ,10,\n.5,+7,9,z\n")
    #expect(file.columnNames == ["n", "i", "c", "t"])
    let values = try file.values(of: [
      column("c", .category), column("n", .number), column("i", .integer), column("t", .text),
    ])
    #expect(values[0] == .categories([0, 1, 0], words: ["9", "10"]))
    #expect(values[1] == .numbers([1.5, -2000, 0.5]))
    #expect(values[2] == .numbers([10, -4, 7]))
    #expect(values[3] == .texts(["x", "", "z"]))
  }

  @Test("A category's number does not depend on the order of rows")
  func categories() throws {
    let words = ["setosa", "virginica", "versicolor", "Setosa"]
    for order in [words, words.reversed(), words.sorted()] {
      let file = try open("a\n" + order.joined(separator: "\n"))
      guard
        case .categories(let indices, let sorted) = try file.values(of: [column("a", .category)])[0]
      else { return }
      #expect(sorted == ["Setosa", "setosa", "versicolor", "virginica"])
      #expect(indices.map { sorted[Int($0)] } == order)
    }
  }

  @Test("Without a header columns are numbered; another delimiter cuts other fields")
  func options() throws {
    let file = try open("1;2,5\n3;4\n", delimiter: UInt8(ascii: ";"), hasHeader: false)
    #expect(file.columnNames == ["1", "2"])
    #expect(try file.values(of: [column("2", .text)]) == [.texts(["2,5", "4"])])
  }

  @Test("A missing value is refused, its row dropped, or kept as missing, as asked")
  func missing() throws {
    let text = "a,b\n1,x\nNA,y\n3,\n4,x\n"
    let columns = [column("a", .number), column("b", .category)]
    #expect(
      fault(text) == .missing(column: "a", CSVPlace(line: 3, column: 1)))
    #expect(
      fault(text, column("b", .category)) == .missing(column: "b", CSVPlace(line: 4, column: 3)))
    #expect(
      try open(text).values(of: columns, missing: .drop)
        == [.numbers([1, 4]), .categories([0, 0], words: ["x"])])
    guard case .numbers(let kept) = try open(text).values(of: columns, missing: .keep)[0] else {
      return
    }
    #expect(kept.map(\.isNaN) == [false, true, false, false])
  }

  @Test("Ragged rows and values of another type are refused with line and column")
  func places() {
    #expect(fault("a,b\n1,2\n3\n") == .ragged(line: 3, found: 1, expected: 2))
    #expect(fault("a,b\n1,2\n3,4,5\n") == .ragged(line: 3, found: 3, expected: 2))
    #expect(
      fault("b,a\nx,1\nlong,two\n")
        == .notNumber("two", column: "a", CSVPlace(line: 3, column: 6)))
    for text in ["0x10", "inf", "1,", "--1", "1 2"] {
      #expect(fault("a\n\"\(text)\"\n")?.code == "not-a-number", "\(text)")
    }
    for text in ["1e39", "-1e999"] {
      #expect(
        fault("a\n\(text)\n") == .beyondFloat(text, column: "a", CSVPlace(line: 2, column: 1)))
    }
    #expect(
      fault("a\n1.5\n", column("a", .integer))
        == .notInteger("1.5", column: "a", CSVPlace(line: 2, column: 1)))
    #expect(
      fault("a\n99999999999999999999\n", column("a", .integer))?.code == "not-a-number")
  }

  @Test("Quotes in the wrong place are refused with line and column")
  func malformedQuotes() {
    #expect(fault("a\n\"1\n2") == .unterminatedQuote(CSVPlace(line: 2, column: 1)))
    #expect(fault("a,b\n1,\"x\"y\n") == .textAfterQuote(CSVPlace(line: 2, column: 6)))
    #expect(fault("a,b\n1,x\"y\n") == .strayQuote(CSVPlace(line: 2, column: 4)))
  }

  @Test("Unknown and repeated columns, empty files and other encodings are refused")
  func structure() throws {
    #expect(
      fault("ab,b\n1,2\n", column("abc", .text)) == .unknownColumn("abc", known: ["ab", "b"]))
    #expect(
      CSVFault.unknownColumn("petal_lenght", known: ["petal_length"]).notes
        == ["did you mean 'petal_length'?"])
    #expect(fault("a,a\n1,2\n") == .repeatedColumn("a", CSVPlace(line: 1, column: 3)))
    #expect(fault("") == .empty)
    #expect(fault("a\n\n") == .noRows)
    #expect(
      DataFilesTests.fault(CSVFault.self) {
        _ = try CSVFile(FileBytes([0x61, 0x0A, 0x78, 0xE9, 0x0A], name: "latin1.csv"))
          .values(of: [column("a", .text)])
      } == .invalidUTF8(CSVPlace(line: 2, column: 1)))
  }

  @Test("Any fields, written with quotes, come back")
  func roundTrip() throws {
    let seed = 41
    var generator = RepeatableGenerator(seed: seed)
    for number in 0..<200 {
      let pieces = ["a", "\"", ",", "\n", "\r\n", " ", "é", "", "1.5", ";"]
      let rows = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        (0..<3).map { _ in
          (0..<Int.random(in: 0...4, using: &generator)).map { _ in generator.pick(pieces) }
            .joined()
        }
      }
      let text =
        (["x,y,z"]
        + rows.map { row in
          row.map {
            "\""
              + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(
                separator: "\"\"") + "\""
          }
          .joined(separator: ",")
        }).joined(separator: "\r\n")
      let values = try open(text).values(of: ["x", "y", "z"].map { column($0, .text) })
      let expected = (0..<3).map { index in CSVValues.texts(rows.map { $0[index] }) }
      #expect(values == expected, "seed \(seed), case \(number): \(text)")
    }
  }

  @Test("No mutation of a file traps the reader")
  func mutations() {
    let valid = [
      "n,i,c,t\n\t1.5,10,9,x\n-2e3,-4,10,\n.5,7,9,\"z, \"\"q\"\"\"\n", "a\r\n\"x\ny\"\r\nNA\r\n",
    ].map { Array($0.utf8) }
    fuzz("csv", from: valid) { bytes throws(DataFileError) in
      let file = try CSVFile(bytes)
      let kinds: [CSVColumn.Kind] = [.number, .integer, .category, .text]
      let columns = zip(file.columnNames, kinds).map { CSVColumn(name: $0, kind: $1) }
      for missing in CSVFile.MissingValues.allCases {
        _ = try file.values(of: columns, missing: missing)
      }
    }
  }
}
