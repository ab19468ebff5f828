using System.Runtime.CompilerServices;
using PortAudit.Traffic.Flows;

namespace PortAudit.Tests.Flows;

/// <summary>The memory that docs/architecture.md states.</summary>
public sealed class FlowSizeTests
{
    [Fact]
    public void A_flow_takes_at_most_184_bytes_in_its_table() => Assert.InRange(Unsafe.SizeOf<Flow>(), 1, 184);

    [Fact]
    public void A_flow_holds_nothing_that_the_garbage_collector_follows() => Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<Flow>());
}
