/// A word of a claim and its bytes in the claim's text.
struct ClaimToken {
  var kind: Kind
  var range: Range<Int>

  enum Kind: Equatable {
    /// A recorded value.
    case reference(ValueReference)
    /// A whole number, written without a point.
    case integer(Int, Quantity)
    /// Any other number.
    case number(Double, Quantity)
    /// A name without a dot: a function, `AND`, `OR`, `NOT`.
    case name(String)
    /// An operator, a parenthesis or a comma.
    case symbol(String)
  }
}

/// A fault and its bytes in the claim's text.
struct PlacedClaimFault: Error {
  var fault: ClaimFault
  var range: Range<Int>
}
