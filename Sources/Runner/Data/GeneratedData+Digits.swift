import Experiment
import Training

extension GeneratedData {
  /// Digits of a font of 5 × 7 points, as large as fits, moved at random, of random brightness, with
  /// normal noise; pixels are kept within 0 and 1.
  static func digits(_ spec: DigitsSpec) -> GeneratedData {
    let size = spec.size
    var data = GeneratedData(shape: [size, size, 1])
    var stream = RandomStream(seed: spec.seed)
    let scale = max(1, (size - 2) / 7)
    let (left, top) = ((size - 5 * scale) / 2, (size - 7 * scale) / 2)
    for _ in 0..<spec.examples {
      let digit = stream.next(below: 10)
      let x = left + move(by: min(spec.shift, left), &stream)
      let y = top + move(by: min(spec.shift, top), &stream)
      let brightness = 0.6 + 0.4 * stream.uniform()
      for row in 0..<size {
        for column in 0..<size {
          let isInk = ink(of: digit, x: column - x, y: row - y, scale: scale)
          let value = (isInk ? brightness : 0) + spec.noise * stream.normal()
          data.values.append(Float(min(1, max(0, value))))
        }
      }
      data.classes.append(Int32(digit))
    }
    return data
  }

  private static func move(by most: Int, _ stream: inout RandomStream) -> Int {
    stream.next(below: 2 * most + 1) - most
  }

  private static func ink(of digit: Int, x: Int, y: Int, scale: Int) -> Bool {
    guard x >= 0, y >= 0, x / scale < 5, y / scale < 7 else { return false }
    return font[digit][y / scale] >> (4 - x / scale) & 1 == 1
  }

  /// The lines of each digit from the top; the highest of five bits is at the left.
  private static let font: [[UInt8]] = [
    [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b00001, 0b10001, 0b01110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
  ]
}
