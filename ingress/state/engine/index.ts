export { DATA_FILE, type Engine, type EngineOptions, startEngine } from './supervisor.ts';
