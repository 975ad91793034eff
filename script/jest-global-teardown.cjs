const { endRun } = require('./jest-global-setup.cjs');

module.exports = () => endRun(process.env.SLIPWAY_TEST_RUN);
