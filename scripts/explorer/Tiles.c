// The baseline's tiles with a table that lists only what a forward pass needs: the linker leaves out the rest.
#define TILES_NAME everyTile
#define TILES_LABEL "baseline"
#define TILES_FUSED 0
#define TILE_PIXELS 2
#define TILE_VECTORS 1
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
    .foldPoints = foldPoints,
    .overlapPoints = overlapPoints,
    .transpose = transpose,
    .sigmoid = sigmoid,
    .exponential = exponentials,
};
