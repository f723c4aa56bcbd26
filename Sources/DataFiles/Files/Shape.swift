/// The product of sizes; nil where one is negative or the product is larger than an `Int`.
func elementCount(of shape: [Int]) -> Int? {
  var count = 1
  for size in shape {
    guard size >= 0 else { return nil }
    let (product, isTooMuch) = count.multipliedReportingOverflow(by: size)
    guard !isTooMuch else { return nil }
    count = product
  }
  return count
}
