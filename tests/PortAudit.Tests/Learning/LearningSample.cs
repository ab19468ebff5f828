using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Tests.Learning;

/// <summary>Made-up examples: voice has a high first number, bulk transfers a low one, with noise.</summary>
internal static class LearningSample
{
    public static ImmutableArray<FlowExample> Examples(int groups, int perGroup, int seed)
    {
        var random = new Random(seed);
        var examples = ImmutableArray.CreateBuilder<FlowExample>();
        for (var group = 0; group < groups; group++)
        {
            for (var i = 0; i < perGroup; i++)
            {
                var isVoice = random.Next(2) == 0;
                float[] values = [.. BehaviourFeatures.Names.Select(_ => (float)random.NextDouble())];
                values[0] = (float)((isVoice ? 0.6 : 0.3) + (random.NextDouble() * 0.4));
                var kind = isVoice ? BehaviourKind.Voice : BehaviourKind.BulkTransfer;
                examples.Add(new FlowExample((ulong)examples.Count, $"group {group}", false, kind, "rtp",
                    $"udp/{random.Next(65_536)}", [.. values]));
            }
        }

        return examples.ToImmutable();
    }
}
