import JointVAEFiles

/// An entry of an event file; `event.proto` of TensorFlow numbers its fields.
package struct Event: Equatable {
  /// Seconds since 1970.
  package var time: Double
  /// The training step it belongs to.
  package var step: Int
  /// What it says.
  package var content: Content

  /// What an event says.
  package enum Content: Equatable {
    /// The version of the format, which is the first event of a file.
    case version
    /// A training goes on after a stop: events of this step and later ones that were written before do not count.
    case restart
    /// Values by tag.
    case values([TaggedValue])
  }

  /// An event.
  package init(time: Double, step: Int, _ content: Content) {
    (self.time, self.step, self.content) = (time, step, content)
  }

  /// The event as a message.
  package var bytes: [UInt8] {
    var writer = WireWriter()
    writer.double(1, time)
    if step != 0 { writer.integer(2, step) }
    switch content {
    case .version: writer.text(3, Self.version)
    case .restart: writer.message(7) { $0.integer(1, Self.start) }
    case .values(let values):
      writer.message(5) { summary in
        for value in values { summary.message(1, value.write) }
      }
    }
    return writer.bytes
  }

  private static let version = "brain.Event:2"
  private static let start = 1
}

/// What is needed of an event that was written before: its step and its tags.
package struct EventOutline: Equatable {
  /// The training step; 0 where there is none.
  package var step = 0
  /// The tags of its values.
  package var tags: [String] = []
  /// The first text of its values.
  package var text: String?

  /// Reads an event.
  /// - Throws: `WireError` for bytes that are none.
  package init(_ bytes: ArraySlice<UInt8>) throws(WireError) {
    var reader = WireReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 2: step = try field.integer()
      case 5:
        var summary = try field.message()
        while let value = try summary.next() { try read(value.message()) }
      default: break
      }
    }
  }

  private mutating func read(_ message: WireReader) throws(WireError) {
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 1: tags.append(try field.text())
      case 8:
        var tensor = try field.message()
        while let part = try tensor.next() {
          guard part.number == TaggedValue.stringField, text == nil else { continue }
          text = try part.text()
        }
      default: break
      }
    }
  }
}
