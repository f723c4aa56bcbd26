/// Which run an event comes from.
struct EventSource: Equatable {
  /// The notebook as the command line names it.
  let file: String
  /// The point of `--sweep` that it is run with; nil without one.
  var point: String?
}
