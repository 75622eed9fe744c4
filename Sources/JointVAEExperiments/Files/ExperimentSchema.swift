import Foundation
import JointVAE
import JointVAERuns

/// The JSON schema of experiment files, by which editors complete and check their keys: Experiments/schema.json.
///
/// Its settings are the rows of the table of settings.
package enum ExperimentSchema {
  /// The schema as the file holds it.
  /// - Throws: what encoding JSON throws.
  package static func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private static var document: SchemaNode {
    let settings = settingRows.map { ($0.name, reference(to: $0.name)) }
    let axes = settingRows.map { row -> (String, SchemaNode) in
      (row.name, ["type": "array", "minItems": 1, "items": reference(to: row.name)])
    }
    let seeds: SchemaNode = ["$ref": "#/$defs/seeds"]
    let properties: SchemaNode = [
      "name": ["$ref": "#/$defs/name"],
      "title": ["type": "string"],
      "description": ["type": "string"],
      "base": ["$ref": "#/$defs/settings", "description": "Settings of every run."],
      "axes": object(axes + [("seed", seeds)])
        .with("description", "Settings with lists of values; every combination is a run."),
      "runs": [
        "type": "array", "minItems": 1,
        "description": "Runs with a name and settings of their own.",
        "items": object([("name", ["$ref": "#/$defs/name"])] + settings)
          .with("required", ["name"]),
      ],
      "baseline": [
        "type": "string",
        "description": "The named run that the others are compared with, seed by seed.",
      ],
      "seeds": seeds,
      "quick": object(settings + [("seeds", seeds)])
        .with("description", "The settings of the quick version."),
      "evaluate": object([
        ("split", ["enum": .list(EvaluationRequest.Part.allCases.map { .text($0.rawValue) })]),
        ("dataset", reference(to: "dataset")), ("data", reference(to: "data")),
        ("limit", reference(to: "limit")), ("disentanglement", ["type": "boolean"]),
        (
          "scores",
          [
            "type": "array", "minItems": 1, "uniqueItems": true,
            "items": ["enum": .list(EvaluationRequest.familyNames.map(SchemaNode.text))],
          ]
        ),
      ]).with("description", "What the models are measured on."),
    ]
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "An experiment of jointvae",
      "type": "object",
      "additionalProperties": false,
      "properties": properties,
      "$defs": [
        "name": [
          "type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "maxLength": 100,
        ],
        "seeds": [
          "type": "array", "minItems": 1, "uniqueItems": true,
          "items": ["type": "integer", "minimum": 0],
        ],
        "settings": object(
          settingRows.map { ($0.name, $0.kind.schema.with("description", .text($0.help))) }),
      ],
    ]
  }

  private static let settingRows = Experiment.settingNames.compactMap(SettingTable.named)

  private static func reference(to setting: String) -> SchemaNode {
    ["$ref": .text("#/$defs/settings/properties/\(setting)")]
  }

  /// An object of these properties, at least one of them.
  private static func object(_ properties: [(String, SchemaNode)]) -> SchemaNode {
    [
      "type": "object", "minProperties": 1, "additionalProperties": false,
      "properties": .object(Dictionary(properties, uniquingKeysWith: { $1 })),
    ]
  }
}

extension SettingKind {
  private static func schema(of bounds: NumberBounds) -> SchemaNode {
    [
      ("minimum", bounds.minimum), ("exclusiveMinimum", bounds.above),
      ("exclusiveMaximum", bounds.below),
    ].reduce(["type": "number"]) { node, bound in
      bound.1.map { node.with(bound.0, .number($0)) } ?? node
    }
  }

  /// The values as a YAML file writes them.
  fileprivate var schema: SchemaNode {
    switch self {
    case .text, .path: ["type": "string"]
    case .flag, .toggle: ["type": "boolean"]
    case .words(let words): ["enum": .list(words.map(SchemaNode.text))]
    case .whole(let first, let last):
      last.map { ["type": "integer", "minimum": .integer(first), "maximum": .integer($0)] }
        ?? ["type": "integer", "minimum": .integer(first)]
    case .size:
      [
        "oneOf": [
          [
            "type": "integer", "minimum": .integer(ImageSize.sides.lowerBound),
            "maximum": .integer(ImageSize.sides.upperBound),
          ], ["type": "string", "pattern": "^[0-9]+x[0-9]+$"],
        ]
      ]
    case .number(let bounds): Self.schema(of: bounds)
    case .numberOrNone(let bounds):
      ["oneOf": [Self.schema(of: bounds), ["const": "none"]]]
    case .numbers(let count, let bounds):
      [
        "type": "array", "minItems": .integer(count), "maxItems": .integer(count),
        "items": Self.schema(of: bounds),
      ]
    case .numbersOrNone(let bounds):
      [
        "oneOf": [
          Self.schema(of: bounds),
          ["type": "array", "minItems": 1, "items": Self.schema(of: bounds)], ["const": "none"],
        ]
      ]
    case .counts:
      [
        "oneOf": [
          ["type": "integer", "minimum": 1],
          ["type": "array", "items": ["type": "integer", "minimum": 1]], ["const": "none"],
        ]
      ]
    case .names: ["type": "array", "minItems": 1, "items": ["type": ["string", "integer"]]]
    case .column: ["type": ["string", "integer"]]
    case .capacity:
      [
        "oneOf": [
          [
            "type": "array", "minItems": 4, "maxItems": 5,
            "items": ["type": ["number", "string"]],
          ], ["type": "string"],
        ]
      ]
    case .loss:
      ["oneOf": [["type": "string"], ["type": "object", "minProperties": 1, "maxProperties": 1]]]
    }
  }
}
