// The baseline's tiles with a table that lists only what a forward pass needs: the linker leaves out the rest.
#define TILES_NAME everyTile
#define TILES_LABEL "baseline"
#define TILES_FUSED 0
#define TILES_WIDEN 0
#define TILE_LANES 4
#define TILE_ROWS 2
#define TILE_CHANNELS 16
#define NARROW_CHANNELS 32
#include "../../Sources/CTiles/Tiles.inc"

#pragma clang diagnostic ignored "-Wnonnull"
const CTiles ctilesBaseline = {
    .name = TILES_LABEL,
    .isFused = TILES_FUSED,
    .product = product,
    .narrowProduct = narrowProduct,
    .dots = dots,
    .patchPoints = patchPoints,
    .pixelPoints = pixelPoints,
    .filterPoints = filterPoints,
    .foldPoints = foldPoints,
    .overlapPoints = overlapPoints,
    .pointProduct = pointProduct,
    .transpose = transpose,
    .sigmoid = sigmoid,
    .exponential = exponentials,
};
