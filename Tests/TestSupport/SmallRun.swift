import JointVAE
import JointVAERuns

/// Settings with which a run on generated shapes takes a moment.
package enum SmallRun {
  /// 27 images to learn from and 3 held back, 16x16, four steps an epoch.
  package static func changes(steps: Int?, seed: UInt64? = nil) -> SettingChanges {
    var changes = SettingChanges()
    changes.imageSize = 16
    changes.limit = 30
    changes.validation = .share(0.1)
    changes.continuous = 2
    changes.discrete = [3]
    changes.batchSize = 8
    changes.logInterval = 3
    changes.checkpointInterval = 2
    changes.length = steps.map { .steps($0) }
    changes.seed = seed
    return changes
  }
}
