export * from './decide';
export * from './handle';
export * from './mode-gate';
export * from './observe';
export * from './offline';
export * from './ports';
export * from './wanted';
