import KernelTable
import Kernels
import TestSupport

/// A convolution's inputs, and what its definition says comes out.
struct ConvolutionData {
  let shape: ConvolutionShape
  let x, weight, bias, dy: [Float]

  init(_ shape: ConvolutionShape, seed: UInt64) {
    self.shape = shape
    var random = RepeatableGenerator(seed: seed)
    x = random.values(shape.windows.pixels * shape.inputs)
    weight = random.values(shape.outputs * shape.depth)
    bias = random.values(shape.outputs)
    dy = random.values(shape.windows.rows * shape.outputs)
  }

  /// A random shape, small.
  init(seed: Int) {
    var random = RepeatableGenerator(seed: seed)
    func size(_ range: ClosedRange<Int>) -> PlaneSize {
      PlaneSize(Int.random(in: range, using: &random), Int.random(in: range, using: &random))
    }
    let groups = random.pick([1, 1, 1, 2, 3])
    let (kernel, dilation) = (size(1...4), random.oneIn(3) ? size(1...3) : PlaneSize(1))
    let least = PlaneSize(
      dilation.height * (kernel.height - 1) + 1, dilation.width * (kernel.width - 1) + 1)
    let more = size(0...9)
    let windows = WindowShape(
      batch: Int.random(in: 1...3, using: &random),
      image: PlaneSize(least.height + more.height, least.width + more.width), kernel: kernel,
      stride: random.oneIn(2) ? size(1...3) : PlaneSize(1), padding: size(0...2),
      dilation: dilation)
    self.init(
      ConvolutionShape(
        windows: windows, inputs: groups * random.pick([1, 3, 8, 16, 35]),
        outputs: groups * random.pick([1, 4, 17, 40]), groups: groups),
      seed: UInt64(seed))
  }

  /// Calls `body` for each product that the convolution is a sum of, places, then taps, then channels
  /// outermost; pixels outside are left out.
  private func forEachTap(
    _ body: (_ place: Int, _ pixel: Int, _ tap: Int, _ group: Int) -> Void
  ) {
    let windows = shape.windows
    let places = windows.places
    for group in 0..<shape.groups {
      for place in 0..<windows.rows {
        let (image, inImage) = (place / places.count, place % places.count)
        for tap in 0..<windows.kernel.count {
          let y =
            inImage / places.width * windows.stride.height - windows.padding.height
            + tap / windows.kernel.width * windows.dilation.height
          let x =
            inImage % places.width * windows.stride.width - windows.padding.width
            + tap % windows.kernel.width * windows.dilation.width
          guard (0..<windows.image.height).contains(y), (0..<windows.image.width).contains(x)
          else { continue }
          body(place, (image * windows.image.height + y) * windows.image.width + x, tap, group)
        }
      }
    }
  }

  /// y: chains over taps and channels.
  func forward(hasBias: Bool) -> [Float] {
    var y = (0..<shape.windows.rows * shape.outputs).map {
      hasBias ? bias[$0 % shape.outputs] : 0
    }
    forEachTap { place, pixel, tap, group in
      for output in 0..<shape.groupOutputs {
        let channel = group * shape.groupOutputs + output
        let index = place * shape.outputs + channel
        for input in 0..<shape.groupInputs {
          let value = x[pixel * shape.inputs + group * shape.groupInputs + input]
          y[index].addProduct(
            value, weight[channel * shape.depth + tap * shape.groupInputs + input])
        }
      }
    }
    return y
  }

  /// dw: chains over places.
  func weightGradient(from start: Float) -> [Float] {
    var dw = [Float](repeating: start, count: weight.count)
    forEachTap { place, pixel, tap, group in
      for output in 0..<shape.groupOutputs {
        let channel = group * shape.groupOutputs + output
        let gradient = dy[place * shape.outputs + channel]
        for input in 0..<shape.groupInputs {
          let value = x[pixel * shape.inputs + group * shape.groupInputs + input]
          dw[channel * shape.depth + tap * shape.groupInputs + input].addProduct(gradient, value)
        }
      }
    }
    return dw
  }

  /// dx: chains over taps and outputs.
  func inputGradient(from start: Float) -> [Float] {
    var readers = [[(place: Int, tap: Int)]](repeating: [], count: shape.windows.pixels)
    forEachTap { place, pixel, tap, group in
      if group == 0 { readers[pixel].append((place, tap)) }
    }
    var dx = [Float](repeating: start, count: x.count)
    for (pixel, pairs) in readers.enumerated() {
      for (place, tap) in pairs.sorted(by: { $0.tap < $1.tap }) {
        for channel in 0..<shape.outputs {
          let group = channel / shape.groupOutputs
          for input in 0..<shape.groupInputs {
            dx[pixel * shape.inputs + group * shape.groupInputs + input].addProduct(
              dy[place * shape.outputs + channel],
              weight[channel * shape.depth + tap * shape.groupInputs + input])
          }
        }
      }
    }
    return dx
  }
}
