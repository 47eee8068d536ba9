// Stands in a package for @mapbox/node-pre-gyp, of which TensorFlow.js asks nothing but where its
// binding is: the real one brings forty packages that fetch and build.
exports.find = (about) => about.replace(/package\.json$/, 'lib/napi-v8/tfjs_binding.node');
