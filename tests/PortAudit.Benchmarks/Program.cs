using BenchmarkDotNet.Running;
using PortAudit.Benchmarks;

if (args is [LiveRate.Command, .. var ofLive])
    LiveRate.Run(ofLive);
else if (args is [StateSize.Command, .. var ofState])
    StateSize.Run(ofState);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
