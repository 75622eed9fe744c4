import FlyingFox

/// What a client asks for: `digit=3&count=64&seed=1`, each of which it may leave out.
struct DigitRequest {
  /// The category that draws the digit; nil for any.
  var category: Int?
  /// Images, 1 to 4,096: a client must not be able to fill the memory.
  var count = 64
  /// Another seed draws other images.
  var seed: UInt64 = 1

  /// What is wrong with a request, in a sentence.
  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  /// Reads a query; `names` are those of the model's categories, in order.
  /// - Throws: `Problem` naming the parameter, its value and what it may be.
  init(_ query: [HTTPRequest.QueryItem], names: [String]) throws {
    for item in query {
      switch item.name {
      case "digit":
        guard let category = names.firstIndex(of: item.value) else {
          throw Problem(
            description:
              "digit is \(item.value); expected one of \(names.sorted().joined(separator: ", "))")
        }
        self.category = category
      case "count":
        guard let count = Int(item.value), (1...4096).contains(count) else {
          throw Problem(description: "count is \(item.value); expected a number from 1 to 4096")
        }
        self.count = count
      case "seed":
        guard let seed = UInt64(item.value) else {
          throw Problem(description: "seed is \(item.value); expected a whole number from 0")
        }
        self.seed = seed
      default:
        throw Problem(description: "\(item.name) is unknown; expected digit, count or seed")
      }
    }
  }
}
