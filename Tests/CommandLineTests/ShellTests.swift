import Foundation
import TestSupport
import Testing

@Suite("nbrun in a shell")
struct ShellTests {
  /// Runs a script in bash, `$0` the program.
  private func bash(_ script: String, in program: Executable) throws -> Executable.Outcome {
    let started = try program.start(["-c", script, Executable.path], program: "/bin/bash")
    started.process.waitUntilExit()
    return try started.outcome()
  }

  @Test("Names of notebooks, kinds and options are completed")
  func completions() throws {
    let program = try Executable()
    for name in ["first.md", "second.md", "data.csv"] { try program.folder.write(name, "") }
    let script = """
      source <("$0" --generate-completion-script bash)
      complete_words() {
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMPREPLY=()
        COMP_POINT=${#COMP_LINE}
        _nbrun "$1" "${@: -1}" "${@: -2:1}"
        echo "${COMPREPLY[@]}"
      }
      complete_words nbrun check fi
      complete_words nbrun check ""
      complete_words nbrun why se
      complete_words nbrun schema tr
      complete_words nbrun di
      """
    let outcome = try bash(script, in: program)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "first.md", "\(outcome.output) \(outcome.errors)")
    #expect(lines.dropFirst().first?.contains("data.csv") == false)
    #expect(lines.dropFirst(2).prefix(2) == ["second.md", "train"])
    #expect(lines.dropFirst(4).first?.split(separator: " ").contains("diff") == true)
  }

  @Test("A reader of messages that goes away stops no run; one of results ends a command silently")
  func readers() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let gone = "exec 3> >(exit 0); wait $!; "
    let run = try bash(gone + "\"$0\" a.md --log-format json 2>&3", in: program)
    #expect(run.code == 0)
    #expect(try program.folder.text("a.md").contains("#region nbrun:out claims"))
    let list = try bash(gone + "\"$0\" ls a.md >&3; echo $?", in: program)
    // 128 and the number of SIGPIPE.
    #expect(list.output == "141\n")
    #expect(list.errors.isEmpty, "\(list.errors)")
  }

  @Test("A schema is of a kind that directives can have")
  func schemaKinds() throws {
    let program = try Executable()
    #expect(try program.run("schema", "train").code == 0)
    let wrong = try program.run("schema", "sweep")
    #expect(wrong.code == 2)
    #expect(wrong.errors.contains("- train\n"))
    #expect(!wrong.errors.contains("- sweep\n"))
  }

  @Test("A folder in a notebook's place is told as such")
  func folder() throws {
    let program = try Executable()
    let outcome = try program.run("results")
    #expect(outcome.code == 4)
    #expect(outcome.errors.contains("can't be read: it is a folder; name the notebooks in it"))
  }

  @Test("Help and faults name the whole command, however it is asked for")
  func wholeNames() throws {
    let program = try Executable()
    let help = try program.run("diff", "--help")
    #expect(help.code == 0)
    #expect(help.output.contains("USAGE: nbrun diff "))
    #expect(try program.run("help", "diff").output == help.output)
    let wrong = try program.run("diff", "--nope")
    #expect(wrong.code == 2)
    #expect(wrong.errors.contains("Usage: nbrun diff "))
    #expect(try program.run("--nope").errors.contains("Usage: nbrun "))
    #expect(try program.run("cache", "nope").errors.contains("Usage: nbrun cache "))
    #expect(try program.run("diff", "--version").output == program.run("--version").output)
    #expect(try program.run().code == 2)
  }
}
