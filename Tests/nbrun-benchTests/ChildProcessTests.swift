import Testing

@testable import nbrun_bench

@Suite("A measured process")
struct ChildProcessTests {
  @Test("What it prints comes back, however long")
  func output() throws {
    let outcome = try ChildProcess(arguments: ["sh", "-c", "seq 1 20000; echo end"]).run()
    let lines = outcome.output.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 20001)
    #expect(lines.last.map { String(decoding: $0, as: UTF8.self) } == "end")
  }

  @Test("Its peak memory covers what it held, though it held it only for a moment")
  func memory() throws {
    let holding = ["sh", "-c", "head -c 67108864 /dev/zero | tail -c 67108864 | wc -c"]
    let outcome = try ChildProcess(arguments: holding).run()
    #expect(outcome.peakResidentBytes > 64 << 20)
  }

  @Test("Variables that choose kernels or threads do not reach it")
  func environment() throws {
    let outcome = try ChildProcess(arguments: ["env"]).run()
    let names = outcome.output.split(separator: UInt8(ascii: "\n")).map { line in
      String(decoding: line.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
    }
    #expect(names.contains("PATH"))
    #expect(ChildProcess.removedVariables.isDisjoint(with: names))
  }

  @Test("A program that fails, dies or does not exist is a fault that says so")
  func faults() {
    #expect(throws: BenchmarkFault.failed(command: ["false"], status: 1 << 8)) {
      try ChildProcess(arguments: ["false"]).run()
    }
    let dying = ["sh", "-c", "kill -9 $$"]
    #expect(throws: BenchmarkFault.failed(command: dying, status: 9)) {
      try ChildProcess(arguments: dying).run()
    }
    #expect(throws: BenchmarkFault.notStarted(command: ["no-such-program"], errorNumber: 2)) {
      try ChildProcess(arguments: ["no-such-program"]).run()
    }
  }
}
