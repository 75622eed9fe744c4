// What every processor of this architecture has; no fused multiply-add, so the bits differ from the other sets'.
#define TILES_NAME ctilesBaseline
#define TILES_LABEL "baseline"
#define TILES_FUSED 0
#define TILE_PIXELS 2
#define TILE_VECTORS 1
#include "Tiles.inc"
