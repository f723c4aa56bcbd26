/// Labelled 32×32 colour images in the binary version of CIFAR-10 or CIFAR-100.
///
/// A record is its labels, one byte each, then 1024 bytes of red, of green and of blue, row by row
/// (Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html).
public struct CIFARFile: Sendable {
  /// Which of the two data sets.
  public enum Variant: String, Hashable, Sendable, CaseIterable {
    /// 10 classes, one label.
    case cifar10
    /// 100 classes in 20 groups; the label is that of the class.
    case cifar100

    /// How many classes there are.
    public var classes: Int { self == .cifar10 ? 10 : 100 }
    /// Bytes of labels before an image.
    var labelBytes: Int { self == .cifar10 ? 1 : 2 }
  }

  /// Height, width and channels of an image.
  public static let shape = [32, 32, 3]
  /// The class of each image.
  public let labels: [Int32]
  private let bytes: FileBytes
  private let variant: Variant

  /// Checks an open file's size and labels.
  ///
  /// - Throws: `DataFileError` with a `CIFARFault` or a `BytesFault`.
  public init(_ bytes: FileBytes, variant: Variant) throws(DataFileError) {
    self.bytes = bytes
    self.variant = variant
    let record = variant.labelBytes + 3072
    var labels: [Int32] = []
    for number in 0..<(try Self.count(in: bytes, variant: variant)) {
      // The class is the last label; CIFAR-100 has the group's before it.
      let offset = number * record + variant.labelBytes - 1
      let label = Int(try bytes.bytes(at: offset, count: 1)[0])
      guard label < variant.classes else {
        throw bytes.error(
          CIFARFault.label(label, classes: variant.classes, record: number, offset: offset))
      }
      labels.append(Int32(label))
    }
    self.labels = labels
  }

  /// How many records a file holds, by its size.
  ///
  /// - Throws: `DataFileError` with `CIFARFault.byteCount` where they are not whole.
  public static func count(in bytes: FileBytes, variant: Variant) throws(DataFileError) -> Int {
    let record = variant.labelBytes + 3072
    guard bytes.count > 0, bytes.count % record == 0 else {
      throw bytes.error(CIFARFault.byteCount(bytes.count, record: record))
    }
    return bytes.count / record
  }

  /// How many images there are.
  public var count: Int { labels.count }

  /// An image with its channels last: 32 × 32 × 3 bytes.
  ///
  /// - Throws: `DataFileError` with a `BytesFault` where the file was changed.
  public func pixels(of image: Int) throws(DataFileError) -> [UInt8] {
    let record = variant.labelBytes + 3072
    guard (0..<count).contains(image) else {
      throw bytes.error(
        BytesFault.outside(offset: bytes.count, count: record, byteCount: bytes.count))
    }
    let planes = try bytes.bytes(at: image * record + variant.labelBytes, count: 3072)
    var pixels = [UInt8](repeating: 0, count: 3072)
    for pixel in 0..<1024 {
      for channel in 0..<3 { pixels[pixel * 3 + channel] = planes[channel * 1024 + pixel] }
    }
    return pixels
  }
}
