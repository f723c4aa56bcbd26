/// The product of sizes; nil where one is negative or the product is larger than an `Int`.
///
/// So it is where a size of 0 makes the whole product 0, but a part of it, such as the numbers of an
/// example, is larger than an `Int`.
func elementCount(of shape: [Int]) -> Int? {
  var count = 1
  for size in shape where size != 0 {
    guard size > 0 else { return nil }
    let (product, isTooMuch) = count.multipliedReportingOverflow(by: size)
    guard !isTooMuch else { return nil }
    count = product
  }
  return shape.contains(0) ? 0 : count
}
