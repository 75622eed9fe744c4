/// Follows the mean objective over stretches of as many steps as an early stop's patience has.
///
/// Part of a training state: a resumed training goes on with the same sums.
struct ObjectiveDescent: Equatable {
  /// Steps of a stretch; 0 before a training with an early stop begins.
  private(set) var patience = 0
  /// Steps of the stretch so far.
  private var steps = 0
  /// Its images.
  private var images = 0.0
  /// The objective of its images.
  private var sum = 0.0
  /// The lowest mean of a stretch before.
  private var lowest: Double?
  /// The step after which the objective had not fallen for a whole stretch.
  private(set) var stop: Int?

  /// Begins anew where the patience is another one than before.
  mutating func begin(patience: Int) {
    if patience != self.patience { self = ObjectiveDescent(patience: patience) }
  }

  init() {}

  private init(patience: Int) { self.patience = patience }

  /// Takes in a step whose ramps have ended.
  mutating func add(_ report: StepReport) {
    guard patience > 0, stop == nil else { return }
    steps += 1
    images += Double(report.imageCount)
    sum += report.terms.loss * Double(report.imageCount)
    guard steps == patience else { return }
    let mean = sum / max(images, 1)
    if let lowest, mean >= lowest { stop = report.step }
    lowest = min(lowest ?? mean, mean)
    (steps, images, sum) = (0, 0, 0)
  }

  /// All numbers in a row, for a training state; -1 stands for none.
  var numbers: [Double] {
    [
      Double(patience), Double(steps), images, sum, lowest == nil ? 0 : 1, lowest ?? 0,
      Double(stop ?? -1),
    ]
  }

  /// Takes over `numbers`; false when they are none of these.
  mutating func restore(_ numbers: [Double]) -> Bool {
    let whole = [0, 1, 2, 4, 6]
    guard numbers.count == self.numbers.count,
      numbers.allSatisfy({ $0.isFinite && abs($0) < 1e15 }),
      whole.allSatisfy({ numbers[$0] == numbers[$0].rounded() && numbers[$0] >= -1 }),
      numbers[0] >= 0, numbers[1] >= 0, numbers[1] <= numbers[0]
    else { return false }
    self = ObjectiveDescent(patience: Int(numbers[0]))
    steps = Int(numbers[1])
    (images, sum) = (numbers[2], numbers[3])
    lowest = numbers[4] == 1 ? numbers[5] : nil
    stop = numbers[6] < 0 ? nil : Int(numbers[6])
    return true
  }
}
