/// The separated attribute predictability score (Kumar et al. 2018, section 3): by how much the
/// best single latent predicts each factor better than the second best.
public enum SAPScore {
  /// The score, under protocol `sap/locatello`: for each latent and factor the accuracy on fresh
  /// images of a linear support vector classifier that sees that latent alone
  /// (`SupportVectorThresholds`); the mean over the factors of the gap between the best two.
  ///
  /// A latent of categories predicts by the class most training images of a category have.
  /// - Throws: `MetricError` when there is no image, lengths differ, no factor varies in
  ///   `training`, or columns differ.
  public static func score(
    training: FactorDraw, test: FactorDraw
  ) throws -> ScoreResult {
    let factors = try checkedFactors(training, test)
    let accuracies = training.representation.columns.indices.map { column in
      factors.map { accuracy(of: column, predicting: $0, training, test) }
    }
    let gaps = factors.indices.map { factor in topGap(accuracies.map { $0[factor] }) }
    return ScoreResult(
      name: "sap", protocol: "sap/locatello", value: gaps.reduce(0, +) / Double(gaps.count),
      parts: Dictionary(
        zip(factors.map { "gap.\(training.labels.names[$0])" }, gaps)
      ) { first, _ in first },
      counts: ["trainingImages": training.labels.count, "testImages": test.labels.count],
      settings: ["classifier": "linear support vectors, squared hinge, C=0.01, balanced"],
      constantFactors: training.labels.constantFactorNames)
  }

  private static func accuracy(
    of column: Int, predicting factor: Int, _ training: FactorDraw, _ test: FactorDraw
  ) -> Double {
    let labels = training.labels.column(factor)
    let inputs = training.representation.column(column)
    let testInputs = test.representation.column(column)
    let predictions: [Int]
    if let categories = training.representation.columns[column].categories {
      var counts = Array(
        repeating: Array(repeating: 0, count: training.labels.sizes[factor]), count: categories)
      for (input, label) in zip(inputs, labels) { counts[Int(input)][label] += 1 }
      let majority = counts.map { row in row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 } }
      predictions = testInputs.map { majority[Int($0)] }
    } else {
      let classifier = SupportVectorThresholds(
        inputs: inputs, labels: labels, classCount: training.labels.sizes[factor])
      predictions = testInputs.map(classifier.prediction)
    }
    let correct = zip(predictions, test.labels.column(factor)).count { $0 == $1 }
    return Double(correct) / Double(test.labels.count)
  }
}

/// The factors that vary in `training`, for draws with the same columns and factors.
/// - Throws: `MetricError`.
func checkedFactors(_ training: FactorDraw, _ test: FactorDraw) throws -> [Int] {
  let factors = try checkedFactors(training.representation, training.labels)
  guard training.representation.columns == test.representation.columns else {
    throw MetricError.count(
      of: "columns of the test representation", test.representation.columns.count,
      expected: training.representation.columns.count)
  }
  guard training.labels.sizes == test.labels.sizes else {
    throw MetricError.count(
      of: "factors of the test images", test.labels.sizes.count,
      expected: training.labels.sizes.count)
  }
  return factors
}
