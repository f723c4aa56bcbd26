import Glibc
public import KernelTable

extension Kernels {
  /// y = softmax of each row of x[rows, width]; y may be x.
  public func softmaxForward(_ x: Floats, into y: MutableFloats, rows: Int, width: Int) {
    forEachTile(rows, of: Tiling.rowTask(width: width)) { start, count in
      for row in start..<start + count {
        table.softmax(x + row * width, into: y + row * width, count: width)
      }
    }
  }

  /// dx = y·(dy − Σ dy·y) for each row; dx may be dy.
  public func softmaxBackward(
    dy: Floats, y: Floats, into dx: MutableFloats, rows: Int, width: Int
  ) {
    forEachTile(rows, of: Tiling.rowTask(width: width)) { start, count in
      for row in start..<start + count {
        let at = row * width
        table.softmaxBackward(dy + at, y + at, into: dx + at, count: width)
      }
    }
  }

  /// y[batch, width] = the first position of each sequence of x[batch·time, width].
  public func firstForward(
    _ x: Floats, into y: MutableFloats, batch: Int, time: Int, width: Int
  ) {
    for example in 0..<batch {
      (y + example * width).update(from: x + example * time * width, count: width)
    }
  }

  /// dx[batch·time, width] gets dy[batch, width] at first positions and 0 elsewhere.
  ///
  /// - Parameter accumulate: adds to dx instead of writing it.
  public func firstBackward(
    dy: Floats, into dx: MutableFloats, accumulate: Bool, batch: Int, time: Int, width: Int
  ) {
    if !accumulate { fill(dx, with: 0, count: batch * time * width) }
    for example in 0..<batch {
      let target = dx + example * time * width
      table.add(target, dy + example * width, into: target, count: width)
    }
  }

  /// y = x + table[type] for each row of x[rows, width]; y may be x.
  public func typeForward(
    x: Floats, types: UnsafePointer<Int32>, table weights: Floats, into y: MutableFloats,
    rows: Int, width: Int, typeCount: Int
  ) {
    forEachTile(rows, of: Tiling.rowTask(width: width)) { start, count in
      for row in start..<start + count {
        let type = Int(types[row])
        precondition(type >= 0 && type < typeCount, "type \(type) is not in 0..<\(typeCount)")
        table.add(x + row * width, weights + type * width, into: y + row * width, count: width)
      }
    }
  }

  /// Turns the queries and keys of qkv[batch·time, packedWidth] by angles that grow with position.
  ///
  /// Values stay as they are. The result may take qkv's place.
  ///
  /// Su et al. 2021 (RoFormer), equation 34, with the pairs (i, i + headSize/2) of Llama: position t
  /// turns pair i by t·base^(−2i/headSize). The inverse is the gradient.
  /// - Parameters:
  ///   - backward: turns the other way.
  ///   - workspace: `Workspace.rotary` bytes: the angles' cosines and sines.
  public func rotate(
    _ shape: AttentionShape, base: Double, qkv: Floats, backward: Bool, firstPosition: Int = 0,
    into y: MutableFloats, workspace: UnsafeMutableRawBufferPointer
  ) {
    precondition(shape.headSize.isMultiple(of: 2), "rotary positions need pairs of features")
    let needed = Workspace.rotary(time: shape.time, headSize: shape.headSize)
    var scratch = Scratch(workspace, needed: needed, operation: "rotate")
    let angles = scratch.floats(shape.time * shape.headSize)
    fillAngles(angles, shape, base: base, firstPosition: firstPosition)
    let (width, turned) = (shape.packedWidth, shape.width + shape.keyWidth)
    forEachTile(shape.batch * shape.time, of: Tiling.rowTask(width: width)) { start, count in
      for row in start..<start + count {
        let (source, target) = (qkv + row * width, y + row * width)
        for head in stride(from: 0, to: turned, by: shape.headSize) {
          table.rotate(
            source + head, angles: angles + row % shape.time * shape.headSize,
            backward: backward, into: target + head, half: shape.headSize / 2)
        }
        if source != UnsafePointer(target) {
          (target + turned).update(from: source + turned, count: shape.keyWidth)
        }
      }
    }
  }

  /// For each position the cosines of its angles, then their sines, from f64 angles.
  private func fillAngles(
    _ angles: MutableFloats, _ shape: AttentionShape, base: Double, firstPosition: Int
  ) {
    let half = shape.headSize / 2
    forEachTile(shape.time, of: 32) { start, count in
      for pair in 0..<half {
        let frequency = pow(base, -Double(pair) / Double(half))
        for position in start..<start + count {
          let angle = Double(firstPosition + position) * frequency
          angles[position * shape.headSize + pair] = Float(cos(angle))
          angles[position * shape.headSize + half + pair] = Float(sin(angle))
        }
      }
    }
  }
}
