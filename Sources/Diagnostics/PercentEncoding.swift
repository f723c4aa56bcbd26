/// A relative path as it stands in an address: what isn't plain is percent-encoded, slashes stay.
public func percentEncoded(_ path: some StringProtocol) -> String {
  let digits = Array("0123456789ABCDEF")
  return path.utf8.reduce(into: "") { address, byte in
    let scalar = Unicode.Scalar(byte)
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~", "/":
      address.unicodeScalars.append(scalar)
    default: address += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
  }
}
