// This file is auto-generated from the contract (`x-nouns`): every noun, for who asks all of them.
import type { Noun } from "../nouns.gen.ts";
import { activities } from "./activities.gen.ts";
import { arrivals } from "./arrivals.gen.ts";
import { assets } from "./assets.gen.ts";
import { chances } from "./chances.gen.ts";
import { competitors } from "./competitors.gen.ts";
import { customers } from "./customers.gen.ts";
import { linkmen } from "./linkmen.gen.ts";
import { losses } from "./losses.gen.ts";
import { orders } from "./orders.gen.ts";
import { plans } from "./plans.gen.ts";
import { products } from "./products.gen.ts";
import { services } from "./services.gen.ts";
import { storage } from "./storage.gen.ts";
import { users } from "./users.gen.ts";

export const NOUNS: readonly Noun[] = [activities, arrivals, assets, chances, competitors, customers, linkmen, losses, orders, plans, products, services, storage, users];
