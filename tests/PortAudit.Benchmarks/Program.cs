using BenchmarkDotNet.Running;
using PortAudit.Benchmarks;

if (args is [LiveRate.Command, .. var rest])
    LiveRate.Run(rest);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
