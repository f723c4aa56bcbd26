import CCrypto

/// Hashes a stream of bytes with SHA-256, through libcrypto.
///
/// It owns a hashing state, so it can be moved but not copied.
public struct DigestBuilder: ~Copyable {
  private let context: OpaquePointer

  /// SHA-256, found once.
  ///
  /// Without these options libcrypto reads its configuration and lists all its ciphers and errors
  /// first, which takes longer than all digests of a notebook.
  ///
  /// Threads may share it: it is set once before anyone reads it, never freed, and libcrypto changes
  /// nothing of an algorithm that was fetched.
  private nonisolated(unsafe) static let algorithm: OpaquePointer? = {
    let options =
      OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS
      | OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS
    guard OPENSSL_init_crypto(UInt64(options), nil) == 1 else { return nil }
    return EVP_MD_fetch(nil, "SHA256", nil)
  }()

  /// Creates a builder that has seen nothing.
  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, Self.algorithm, nil) == 1
    else {
      preconditionFailure("libcrypto offers no SHA-256 state: out of memory, or a broken library")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    let status = EVP_DigestUpdate(context, base, bytes.count)
    precondition(status == 1, "libcrypto refused an update of a live SHA-256 state")
  }

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds a string's UTF-8 bytes.
  public mutating func update(_ text: String) {
    update(Array(text.utf8))
  }

  /// Adds a field: its length as eight bytes, little endian, then its bytes.
  ///
  /// A sequence of fields never hashes like another one: `ab`, `c` differs from `a`, `bc`.
  public mutating func append(field bytes: [UInt8]) {
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { update($0) }
    update(bytes)
  }

  /// Adds a string as a field: the length of its UTF-8 bytes, then the bytes.
  public mutating func append(field text: String) {
    append(field: Array(text.utf8))
  }

  /// The digest of everything added.
  public consuming func finalize() -> Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    let status = EVP_DigestFinal_ex(context, &bytes, nil)
    precondition(status == 1, "libcrypto refused to finish a live SHA-256 state")
    return Digest(digestBytes: bytes)
  }
}
