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
                examples.Add(new FlowExample((ulong)examples.Count, $"group {group}", kind, "rtp",
                    $"udp/{random.Next(65_536)}", [.. values]));
            }
        }

        return examples.ToImmutable();
    }

    /// <summary>The first groups to train on, the others fresh.</summary>
    public static ExampleSet Split(ImmutableArray<FlowExample> examples, int trained)
    {
        var groups = examples.Select(example => example.Group).Distinct().Take(trained).ToHashSet();
        return new ExampleSet([.. examples.Where(example => groups.Contains(example.Group))],
            [.. examples.Where(example => !groups.Contains(example.Group))]);
    }
}
