using BenchmarkDotNet.Running;
using PortAudit.Benchmarks;

if (args is [LiveRate.Command, .. var ofLive])
    LiveRate.Run(ofLive);
else if (args is [StateSize.Command, .. var ofState])
    StateSize.Run(ofState);
else if (args is [StoreFlows.Command, .. var ofStore])
    StoreFlows.Run(ofStore);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
