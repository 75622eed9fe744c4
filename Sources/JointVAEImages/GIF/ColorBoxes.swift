/// Boxes of samples, cut until there are enough.
enum ColorBoxes {
  private struct Box {
    var samples: ArraySlice<ColorSample>
    var mean: SIMD4<Double> = .zero
    /// Weighted squares of distances from the mean along each axis.
    var spread: SIMD4<Double> = .zero

    init(_ samples: ArraySlice<ColorSample>) {
      self.samples = samples
      var weight = 0.0
      for sample in samples {
        weight += sample.weight
        mean += SIMD4<Double>(sample.position) * sample.weight
      }
      mean /= max(weight, 1)
      for sample in samples {
        let distance = SIMD4<Double>(sample.position) - mean
        spread += distance * distance * sample.weight
      }
    }

    /// The axis along which it is widest.
    var axis: Int { [1, 2].reduce(0) { spread[$1] > spread[$0] ? $1 : $0 } }
  }

  /// The means of at most `count` boxes; fewer when there are fewer samples.
  static func split(_ samples: [ColorSample], into count: Int) -> [SIMD4<Float>] {
    var boxes = [Box(samples[...])]
    while boxes.count < count {
      guard
        let worst = boxes.indices.max(by: {
          boxes[$0].spread[boxes[$0].axis] < boxes[$1].spread[boxes[$1].axis]
        }), boxes[worst].spread[boxes[worst].axis] > 0
      else { break }
      let box = boxes[worst]
      let axis = box.axis
      let middle = Float(box.mean[axis])
      let low = box.samples.filter { $0.position[axis] <= middle }
      let high = box.samples.filter { $0.position[axis] > middle }
      // Rounding can put all of a narrow box on one side; then it is as small as it gets.
      guard !low.isEmpty && !high.isEmpty else {
        boxes[worst].spread = .zero
        continue
      }
      boxes[worst] = Box(low[...])
      boxes.append(Box(high[...]))
    }
    return boxes.map { SIMD4<Float>($0.mean) }
  }
}
