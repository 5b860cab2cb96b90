/// <reference types="vite/client" />

// The Chinese words of a feature; its components bring them by themselves (build/words.ts).
declare module "virtual:words/*";
