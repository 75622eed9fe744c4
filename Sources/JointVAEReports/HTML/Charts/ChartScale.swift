import Foundation
import JointVAEFiles

/// How an axis turns values into places: linear or logarithmic, with ticks at round numbers.
package struct ChartScale: Hashable, Sendable {
  /// A marked value, and what is written beside it.
  package struct Tick: Hashable, Sendable {
    /// The value.
    package var value: Double
    /// Its text.
    package var label: String
  }

  /// The values the axis covers, both marked by a tick or beyond one.
  package let domain: ClosedRange<Double>
  /// Whether equal distances are equal ratios.
  package let isLogarithmic: Bool
  /// The marks.
  package let ticks: [Tick]

  /// Values beyond which nothing can be drawn; no step of theirs overflows.
  private static let limit = 1e15

  /// The scale for `values`; those that are not finite, or beyond 1e15, do not count.
  ///
  /// - Parameters:
  ///   - includesZero: whether the axis begins at 0 or below, as an amount's should.
  ///   - allowsLogarithm: whether positive values that differ by a factor of five and more get a logarithmic axis.
  ///   - extends: whether the axis ends at ticks; otherwise at the values.
  package init(
    _ values: [Double], includesZero: Bool = false, allowsLogarithm: Bool = false,
    extends: Bool = true
  ) {
    let finite = values.filter { abs($0) <= Self.limit }
    var low = finite.min() ?? 0
    var high = finite.max() ?? 1
    if includesZero {
      low = min(low, 0)
      high = max(high, 0)
    }
    isLogarithmic = allowsLogarithm && low >= 1e-9 && high >= 5 * low
    if isLogarithmic {
      (domain, ticks) = Self.logarithmic(low, high)
    } else {
      if high - low <= 1e-12 * max(abs(low), abs(high), 1e-15) {
        // What differs by no more than rounding is a constant and stands in the middle.
        let room = max(abs(high) * 0.5, 0.5)
        if !includesZero || low < 0 { low -= room }
        high += room
      }
      (domain, ticks) = Self.linear(low, high, extends: extends)
    }
  }

  /// Where `value` stands between 0, the axis's beginning, and 1, its end.
  package func share(of value: Double) -> Double {
    let (low, high) = (domain.lowerBound, domain.upperBound)
    return isLogarithmic
      ? log(value / low) / log(high / low) : (value - low) / (high - low)
  }

  private static func linear(
    _ low: Double, _ high: Double, extends: Bool
  ) -> (ClosedRange<Double>, [Tick]) {
    let step = roundStep((high - low) / 5)
    let first = extends ? (low / step).rounded(.down) : (low / step).rounded(.up)
    let last = extends ? (high / step).rounded(.up) : (high / step).rounded(.down)
    let digits = max(0, Int((-log10(step)).rounded(.up)))
    let count = max(0, min(20, Int(last - first)))
    let ticks = (0...count).map { index in
      let value = (first + Double(index)) * step
      return Tick(value: value, label: label(value, digits: digits))
    }
    return (extends ? first * step...last * step : low...high, ticks)
  }

  private static func logarithmic(_ low: Double, _ high: Double) -> (ClosedRange<Double>, [Tick]) {
    let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.down)) + 1
    // Beyond three decades 2 and 5 would crowd the axis.
    let factors: [Double] = high / low > 1000 ? [1] : [1, 2, 5]
    let all = decades.flatMap { decade in factors.map { $0 * pow(10, Double(decade)) } }
    let lower = all.last { $0 <= low * (1 + 1e-12) } ?? low
    let upper = all.first { $0 >= high * (1 - 1e-12) } ?? high
    let ticks = all.filter { (lower...upper).contains($0) }.map { value in
      Tick(value: value, label: label(value, digits: max(0, Int(-log10(value).rounded(.down)))))
    }
    return (lower...upper, ticks)
  }

  /// 1, 2 or 5 times a power of ten, at least `step`.
  private static func roundStep(_ step: Double) -> Double {
    let power = pow(10, log10(step).rounded(.down))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= step * (1 - 1e-9) } ?? 10 * power
  }

  private static func label(_ value: Double, digits: Int) -> String {
    if abs(value) >= 1e6 || digits > 6 { return NumberText.significant(value, 3) }
    return digits == 0 ? NumberText.count(Int(value.rounded())) : NumberText.decimal(value, digits)
  }
}
