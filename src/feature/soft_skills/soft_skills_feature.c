#include "feature/soft_skills/soft.h"

const struct feature feature_soft_skills = {.name = "soft_skills", .strategy = &soft_skills_strategy};
