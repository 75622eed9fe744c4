import CTiles

/// Between planes and points.
extension WinogradConvolution {
  /// Big planes to points: `B' d B` of the groups of every tile.
  func bigPoints(
    of planes: UnsafePointer<Float>, _ block: Block, to points: UnsafeMutablePointer<Float>,
    on instructions: InstructionSet
  ) {
    let big = layer.big
    let side = self.tile.side
    var tile = CTilesPoints(
      side: side, input: planes, inputPixel: 2 * big.channels, inputRow: 2 * big.row,
      tiles: tilesAcross,
      run: 2 * big.channels, points: points, point: bigPoint, tile: bigTile)
    forEachRow(of: block) { number, sample, row in
      // Both pixels of a group's row are neighbors in memory: half of a group's channels at once.
      for dy in 0..<2 {
        tile.input = planes + sample * big.count + big.offset(y: 2 * side * row - 1 + dy, x: -1)
        tile.points = points + number * bigTile + dy * 2 * big.channels
        instructions.tiles.pointee.patchPoints(&tile)
      }
    }
  }

  /// Small planes to points: `A y A'` of the 2 x 2 pixels of every tile.
  func smallPoints(
    of planes: UnsafePointer<Float>, _ block: Block, to points: UnsafeMutablePointer<Float>,
    on instructions: InstructionSet
  ) {
    let small = layer.small
    let side = self.tile.side
    var tile = CTilesPoints(
      side: side, input: planes, inputPixel: small.channels, inputRow: small.row,
      tiles: tilesAcross,
      run: small.channels, points: points, point: smallPoint, tile: smallTile)
    forEachRow(of: block) { number, sample, row in
      tile.input = planes + sample * small.count + small.offset(y: side * row, x: 0)
      tile.points = points + number * smallTile
      instructions.tiles.pointee.pixelPoints(&tile)
    }
  }

  /// Points to small planes: `A' m A`, the bias and the epilogue.
  func smallPlanes(
    from points: UnsafePointer<Float>, _ block: Block, bias: UnsafePointer<Float>?,
    to planes: UnsafeMutablePointer<Float>, epilogue: Epilogue, on instructions: InstructionSet
  ) {
    let small = layer.small
    let mask = epilogue.mask
    let side = self.tile.side
    var tile = CTilesFold(
      side: side, points: points, point: smallPoint, tile: smallTile, tiles: tilesAcross,
      run: small.channels,
      output: planes, outputPixel: small.channels, outputRow: small.row, bias: bias, mask: nil,
      rectifies: epilogue.rectifies, slope: epilogue.slope)
    forEachRow(of: block) { number, sample, row in
      let place = sample * small.count + small.offset(y: side * row, x: 0)
      tile.points = points + number * smallTile
      tile.output = planes + place
      tile.mask = mask.map { $0 + place }
      instructions.tiles.pointee.foldPoints(&tile)
    }
    if !epilogue.writesZerosBeyond {
      for sample in block.samples where block.rows.upperBound == tilesDown {
        small.clear(
          planes + sample * small.count, beyondWritten: side * tilesDown, side * tilesAcross)
      }
    }
  }

  /// Points to big planes: `B m B'` added up where tiles overlap, the bias and the epilogue.
  ///
  /// Rows of pixels that the next band has a part in wait for it; what it needs is kept in
  /// `points`.
  func bigPlanes(
    from points: UnsafeMutablePointer<Float>, _ block: Block, bias: UnsafePointer<Float>?,
    to planes: UnsafeMutablePointer<Float>, epilogue: Epilogue, on instructions: InstructionSet
  ) {
    let kept = points + blockTiles * bigTile
    forEachRow(of: block) { number, sample, row in
      let here = points + number * bigTile
      let isFirst = row == block.rows.lowerBound
      let above = row == 0 ? nil : isFirst ? kept : here - tilesAcross * bigTile
      bigRow(
        row, above: above, below: here, bias: bias, to: planes, sample: sample, epilogue: epilogue,
        on: instructions)
      guard row == block.rows.upperBound - 1 else { return }
      if row == tilesDown - 1 {
        bigRow(
          row + 1, above: here, below: nil, bias: bias, to: planes, sample: sample,
          epilogue: epilogue, on: instructions)
        if !epilogue.writesZerosBeyond {
          layer.big.clear(
            planes + sample * layer.big.count, beyondWritten: 2 * tile.side * tilesDown,
            2 * tile.side * tilesAcross)
        }
      } else {
        for point in tile.side * (tile.side + 1)..<tile.points {
          (kept + point * bigPoint).update(
            from: here + point * bigPoint, count: tilesAcross * bigTile)
        }
      }
    }
  }

  /// The groups of big pixels that begin with a row of tiles.
  private func bigRow(
    _ row: Int, above: UnsafePointer<Float>?, below: UnsafePointer<Float>?,
    bias: UnsafePointer<Float>?, to planes: UnsafeMutablePointer<Float>, sample: Int,
    epilogue: Epilogue, on instructions: InstructionSet
  ) {
    let big = layer.big
    for dy in 0..<2 {
      // The outermost groups are half border, which stays zero.
      let writesUpper = dy == 0 ? row > 0 : row < tilesDown
      for dx in 0..<2 where writesUpper || below != nil {
        let channel = (dy * 2 + dx) * big.channels
        let place = sample * big.count + big.offset(y: 2 * tile.side * row - 1 + dy, x: dx - 1)
        var overlap = CTilesOverlap(
          side: tile.side, above: above.map { $0 + channel }, below: below.map { $0 + channel },
          point: bigPoint,
          tile: bigTile, tiles: tilesAcross, run: big.channels, output: planes + place,
          outputPixel: 2 * big.channels, outputRow: 2 * big.row, firstPixel: 1 - dx,
          writesUpper: writesUpper ? 1 : 0, writesLower: below == nil ? 0 : 1, bias: bias,
          mask: epilogue.mask.map { $0 + place }, rectifies: epilogue.rectifies,
          slope: epilogue.slope)
        instructions.tiles.pointee.overlapPoints(&overlap)
      }
    }
  }
}
