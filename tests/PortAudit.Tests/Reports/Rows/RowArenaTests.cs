using PortAudit.Reports.Rows;

namespace PortAudit.Tests.Reports.Rows;

public sealed class RowArenaTests
{
    private const int LongerThanAnyChunk = 3 << 20;

    [Fact]
    public void Rows_after_a_very_long_one_keep_their_bytes_when_its_memory_is_used_again()
    {
        var arena = new RowArena();
        arena.Add(default, new byte[LongerThanAnyChunk]);
        arena.Clear();
        var rows = Enumerable.Range(0, 400).Select(number => Enumerable.Repeat((byte)number, 10_000).ToArray()).ToArray();

        foreach (var (number, row) in rows.Index())
            arena.Add(new RowKey(number, 0), row);

        Assert.All(rows.Index(), pair => Assert.True(arena.RowOf(pair.Index).SequenceEqual(pair.Item)));
    }
}
