extension SettingTable {
  /// The settings that a run keeps from its first step to its last.
  package static let fixed = all.filter(\.isFixed) + [colors]

  /// Gray or colored images, which two options set.
  private static let colors = AnySetting(
    name: "colors", group: .preparation, help: "Gray or colored images.", valueName: "",
    defaultValue: nil, unit: nil, kind: .flag, isFixed: true, label: "colors",
    absence: "as in the files",
    companion: nil, rival: nil, stored: nil,
    text: { $0.images.request.preparation.color?.rawValue },
    apply: { _, _ in }, normalize: { $0 })

  /// All differences between a run and what is asked of it now, in words; nil when there is none.
  package static func difference(of asked: RunConfiguration, from run: RunConfiguration) -> String?
  {
    let differences = fixed.compactMap { setting -> String? in
      let (now, before) = (setting.words(in: asked), setting.words(in: run))
      return now == before ? nil : "\(setting.label) \(before), not \(now)"
    }
    return differences.isEmpty ? nil : differences.joined(separator: "; ")
  }
}
