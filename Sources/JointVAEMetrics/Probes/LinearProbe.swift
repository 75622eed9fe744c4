/// How well a linear classifier reads classes from a representation: multinomial logistic regression on images of its own,
/// measured on others.
package struct LinearProbe {
  /// The share of test images whose class it finds.
  package let accuracy: Double
  /// The share that the most frequent class of the training images has among the test images: what a guess gets.
  package let majority: Double

  /// Trains and tests a classifier, on numbers with mean 0 and deviation 1 and one-hot categories.
  ///
  /// - Parameters:
  ///   - training: the images to learn from; at least one.
  ///   - labels: their classes.
  ///   - test: other images in the same columns.
  ///   - testLabels: their classes.
  ///   - classCount: the number of classes.
  package init(
    training: Representation, labels: [Int], test: Representation, testLabels: [Int],
    classCount: Int
  ) {
    let (features, testFeatures) = Representation.scaled(
      training, test, limit: max(training.count, test.count))
    let classifier = LogisticRegression(
      features: features, labels: labels, classCount: classCount)
    accuracy = classifier.accuracy(features: testFeatures, labels: testLabels)
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    let best = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
    majority = Double(testLabels.count { $0 == best }) / Double(max(testLabels.count, 1))
  }
}
