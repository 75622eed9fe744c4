import Foundation
import JointVAE
import JointVAEImages

/// A moving picture of what the latents do: all sweep at once, there and back, each in a column of its own.
///
/// There is a row for each category of the first discrete variable, so that one sees a latent do the same to all of them.
public struct TraversalAnimation {
  /// The model.
  public let model: JointVAEModel
  /// The latent of each column.
  public let variables: [LatentVariable]
  /// The latent vector of each row.
  private let bases: [LatentTraversal]
  /// The names of the rows' categories; empty without names.
  private let rowNames: [String]

  /// Frames a cycle.
  public static let frameCount = 40
  /// The time of a frame in hundredths of a second; a cycle takes 2.4 seconds.
  public static let delay = 6
  /// Images decoded at a time.
  private static let decodedCount = 1024
  /// Bytes of all frames together.
  private static let byteLimit = 268_435_456.0
  /// Rows or columns for which there is room on a page.
  private static func limit(_ shape: ImageShape) -> Int {
    max(4, min(12, 640 / (shape.size.longerSide + 2)))
  }

  /// Letters of a row's name that are drawn.
  private static let nameLimit = 12

  /// An animation of as many of `variables` as there is room for, at most twelve, around `base`.
  ///
  /// - Parameters:
  ///   - model: the model to draw from.
  ///   - variables: the latents to sweep, a column each.
  ///   - base: what the other latents keep.
  ///   - categoryNames: names of the first discrete variable's categories, written beside the rows; none by default.
  public init(
    _ model: JointVAEModel, variables: [LatentVariable], around base: LatentTraversal,
    categoryNames: [String] = []
  ) {
    self.model = model
    let limit = Self.limit(model.imageShape)
    // What the rows already show needs no column, unless it is all there is to show.
    let rowVariable = model.latents.discrete.firstIndex { $0 > 1 }
    let others = variables.filter { $0 != rowVariable.map(LatentVariable.discrete) }
    self.variables = Array((others.isEmpty ? variables : others).prefix(limit))
    if let rowVariable, !others.isEmpty {
      bases = (0..<min(limit, model.latents.discrete[rowVariable])).map { category in
        LatentTraversal(around: base.code(discrete: rowVariable, category: category))
      }
      rowNames =
        rowVariable == 0
        ? categoryNames.prefix(bases.count).map { String($0.prefix(Self.nameLimit)) } : []
    } else {
      bases = [base]
      rowNames = []
    }
  }

  /// The frames of one cycle, each column under its latent's name; the first follows the last without a jump.
  ///
  /// - Throws: `ConfigurationError` for a scale at which the frames would take too much memory.
  public func frames(count: Int = frameCount, scale: Int = 1) throws -> [Image] {
    let tileCount = bases.count * variables.count
    try requireRoom(frames: count, tiles: tileCount, scale: scale)
    // Several frames at once use all threads well, all frames at once would take much memory.
    let group = max(1, Self.decodedCount / tileCount)
    return try stride(from: 0, to: count, by: group).flatMap { first in
      let codes = (first..<min(first + group, count)).flatMap { frame in
        // Half a cosine wave each way: the sweep slows down where it turns.
        let probability = 0.5 - 0.45 * cos(2 * Double.pi * Double(frame) / Double(count))
        return bases.flatMap { base in
          variables.map { code($0, at: probability, from: base) }
        }
      }
      let tiles = try model.decode(codes).images
      return try stride(from: 0, to: tiles.count, by: tileCount).map { start in
        try Pictures.layout(
          Array(tiles[start..<start + tileCount]), columns: variables.count, scale: scale,
          rowLabels: rowNames.isEmpty ? nil : rowNames, columnLabels: variables.map(\.description))
      }
    }
  }

  private func requireRoom(frames: Int, tiles: Int, scale: Int) throws {
    let shape = model.imageShape
    // In floating point nothing overflows.
    let unscaled =
      Double(frames * tiles * shape.channels) * Double((shape.height + 2) * (shape.width + 2))
    guard unscaled * pow(Double(scale), 2) <= Self.byteLimit else {
      throw ConfigurationError(
        "scale", "\(scale)",
        expected: "at most \(Int((Self.byteLimit / unscaled).squareRoot())) for an animation of "
          + "\(frames) frames of \(tiles) images of \(shape)")
    }
  }

  private func code(
    _ variable: LatentVariable, at probability: Double, from base: LatentTraversal
  ) -> LatentCode {
    switch variable {
    case .continuous(let index): return base.code(continuous: index, atQuantile: probability)
    case .discrete(let index):
      let categories = model.latents.discrete[index]
      let share = (probability - 0.05) / 0.9
      return base.code(
        discrete: index, category: min(categories - 1, Int(share * Double(categories))))
    }
  }
}
