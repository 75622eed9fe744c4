import JointVAERuns

/// What most runs choose: the images, how many factors, how long.
enum EverydaySettings: SettingSelection {
  static let settings: [AnySetting] = {
    let rows = SettingTable.rows
    return [
      rows.dataPath.row, rows.imageSize.row, rows.discrete.row, rows.continuous.row,
      rows.recipe.row, rows.model.row, rows.epochs.row, rows.steps.row, rows.seed.row,
    ]
  }()

  /// The settings of `group` that are not among these.
  static func others(_ group: SettingGroup) -> [AnySetting] {
    SettingTable.all.filter { row in
      row.group == group && !settings.contains { $0.name == row.name }
    }
  }
}

/// Which images to train on; their data set is an argument.
enum DataSettings: SettingSelection {
  static let settings = EverydaySettings.others(.data).filter {
    $0.name != SettingTable.rows.dataSet.row.name
  }
}

/// What becomes of a data set's images on their way to the model.
enum PreparationSettings: SettingSelection {
  static let settings = SettingTable.all.filter { $0.group == .preparation }
}

/// What is learned.
enum ModelSettings: SettingSelection {
  static let settings = EverydaySettings.others(.model)
}

/// How it is learned.
enum TrainingSettings: SettingSelection {
  static let settings = EverydaySettings.others(.training)
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

/// What becomes of a user's own pictures on their way to the model.
enum PicturePreparationSettings: SettingSelection {
  static let settings = PreparationSettings.settings.filter {
    OwnPictures.settings.contains($0.name)
  }
}
