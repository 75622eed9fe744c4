import JointVAERuns

/// Which images to train on; their data set is an argument.
enum DataSettings: SettingSelection {
  static let settings = SettingTable.all.filter {
    $0.group == .data && $0.name != SettingTable.rows.dataSet.row.name
  }
}

/// What becomes of a data set's images on their way to the model.
enum PreparationSettings: SettingSelection {
  static let settings = SettingTable.all.filter { $0.group == .preparation }
}

/// What is learned.
enum ModelSettings: SettingSelection {
  static let settings = SettingTable.all.filter { $0.group == .model }
}

/// How it is learned.
enum TrainingSettings: SettingSelection {
  static let settings = SettingTable.all.filter { $0.group == .training }
}

/// What the short trainings of suggest-capacity start from.
enum SuggestionSettings: SettingSelection {
  static let settings: [AnySetting] = {
    let rows = SettingTable.rows
    return [
      rows.imageSize.row, rows.recipe.row, rows.seed.row, rows.continuous.row, rows.discrete.row,
      rows.loss.row, rows.batchSize.row,
    ]
  }()
}
