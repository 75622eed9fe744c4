import Foundation

/// A file inside the page (RFC 2397); its text needs no escaping in an attribute.
package struct DataURI: Hashable, Sendable {
  /// `data:image/png;base64,...`.
  package let text: String

  /// Bytes of `type`, such as `image/png`.
  package init(_ bytes: [UInt8], type: StaticString) {
    text = "data:\(type);base64," + Data(bytes).base64EncodedString()
  }

  /// A table for spreadsheets. All but letters, digits and `.,-_ ` without the space is written as `%` and its byte.
  package init(csv: String) {
    let digits = Array("0123456789ABCDEF")
    var encoded = ""
    encoded.reserveCapacity(csv.utf8.count + csv.utf8.count / 8)
    for byte in csv.utf8 {
      let character = Character(Unicode.Scalar(byte))
      if byte < 128, character.isLetter || character.isNumber || ".,-_".contains(character) {
        encoded.append(character)
      } else {
        encoded.append("%")
        encoded.append(digits[Int(byte >> 4)])
        encoded.append(digits[Int(byte & 15)])
      }
    }
    text = "data:text/csv;charset=utf-8," + encoded
  }
}
