import Glibc

extension Project {
  /// Tells git to leave alone what belongs to this machine: the store, saved steps, weights, locks.
  ///
  /// Only where nobody has decided about them yet: in a repository that ignores none of it, and in
  /// a folder without such a file. Figures are not among them, as notebooks show them.
  func ignorePrivateFiles() {
    let file = results + "/.gitignore"
    guard access(file, F_OK) != 0,
      // 1: nothing ignores it; 128: no repository.
      Git.run(["check-ignore", "--quiet", storePath], folder: results).status == 1
    else { return }
    let text = """
      # By nbrun: what belongs to one machine, and is made again. Figures are to be committed.
      /nbrun.sqlite*
      /locks/
      /steps/
      /weights/

      """
    // Without it all works as well.
    try? writeWhole(Array(text.utf8), to: file, name: file)
  }
}
