import Digests
import Testing

@Suite("Digests") struct DigestTests {
  @Test("A digest is SHA-256 (FIPS 180-4, examples)")
  func examples() {
    #expect(
      Digest(hashing: "abc").hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Digest(hashing: "").hex
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("Pieces hash like the whole")
  func pieces() {
    var builder = DigestBuilder()
    builder.update("gradient ")
    builder.update([UInt8]("check".utf8))
    builder.update("")
    builder.update("pointing")
    #expect(builder.finalize() == Digest(hashing: "gradient checkpointing"))
  }

  @Test("Fields with the same bytes but other borders hash differently")
  func fields() {
    func digest(_ fields: [String]) -> Digest {
      var builder = DigestBuilder()
      for field in fields { builder.append(field: field) }
      return builder.finalize()
    }
    #expect(digest(["ab", "c"]) != digest(["a", "bc"]))
    #expect(digest(["a", ""]) != digest(["a"]))
    #expect(digest(["a", "b"]) == digest(["a", "b"]))
  }

  @Test("Hex digits are a digest's other form")
  func hex() {
    let digest = Digest(hashing: "x")
    #expect(Digest(hex: digest.hex) == digest)
    #expect(digest.prefix(8) == String(digest.hex.prefix(8)))
    #expect(digest.bytes.count == 32)
    #expect(Digest(hex: "12") == nil)
    #expect(Digest(hex: String(repeating: "g", count: 64)) == nil)
  }
}
