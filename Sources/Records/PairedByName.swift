/// What two lists hold by name, the second one's order first; nil where a side has no such name.
///
/// A name may occur twice, as `kind` does among the inputs of a plot: the first belongs to the first.
/// Inlinable, as unspecialised it takes a tenth of a `diff`.
@inlinable
public func pairedByName<Value>(
  _ before: [(name: String, value: Value)], _ after: [(name: String, value: Value)]
) -> [(name: String, before: Value?, after: Value?)] {
  // Two results of one kind of cell mostly have the same names.
  if before.count == after.count, zip(before, after).allSatisfy({ $0.name == $1.name }) {
    return zip(before, after).map { (name: $0.name, before: $0.value, after: $1.value) }
  }
  var waiting = Dictionary(grouping: before.indices) { before[$0].name }.mapValues { $0[...] }
  let found = after.map { name, value -> (name: String, before: Value?, after: Value?) in
    let place = waiting[name]?.popFirst()
    return (name, place.map { before[$0].value }, value)
  }
  let gone = waiting.values.joined().sorted().map { place in
    (name: before[place].name, before: Optional(before[place].value), after: Value?.none)
  }
  return found + gone
}
