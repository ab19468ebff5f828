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
        var rows = Enumerable.Range(0, 400).Select(number => Enumerable.Repeat((byte)number, 10_000).ToArray())
            .ToArray();

        foreach (var (number, row) in rows.Index())
            arena.Add(new RowKey(number, 0), row);

        Assert.All(rows.Index(), pair => Assert.True(arena.RowOf(pair.Index).SequenceEqual(pair.Item)));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(61)]
    [InlineData(200)]
    [InlineData(5_000)]
    public void Rows_that_are_written_where_they_stay_are_the_same_however_long(int mostBytes)
    {
        var (arena, text, random) = (new RowArena(), new Utf8Row(), new Random(mostBytes));
        for (var round = 0; round < 2; round++)
        {
            var rows = Enumerable.Range(0, 900)
                .Select(_ => Enumerable.Repeat((byte)random.Next(), random.Next(mostBytes)).ToArray()).ToArray();
            foreach (var (number, row) in rows.Index())
            {
                arena.Begin(text);
                foreach (var value in row)
                    text.Append(value);
                arena.Add(new RowKey(number, 0), text);
            }

            Assert.All(rows.Index(), pair => Assert.True(arena.RowOf(pair.Index).SequenceEqual(pair.Item)));
            for (var (from, to) = (0, 1); from < rows.Length; (from, to) = (to, to + 1))
            {
                while (to < rows.Length && arena.IsBehindPrevious(to))
                    to++;
                Assert.True(arena.RowsOf(from, to).SequenceEqual(rows[from..to].SelectMany(row => row).ToArray()));
            }

            arena.Clear();
        }
    }

    [Fact]
    public void Rows_of_one_start_are_put_in_order_among_others_that_are()
    {
        var arena = new RowArena();
        (int Start, ulong Id)[] keys = [(1, 9), (2, 4), (2, 3), (2, 8), (3, 1), (4, 7), (4, 6)];
        foreach (var (start, id) in keys)
            arena.Add(new RowKey(start, id), [(byte)id]);

        arena.SortEqualStarts();
        Assert.Equal(keys.Order().Select(key => (byte)key.Id),
            Enumerable.Range(0, keys.Length).Select(index => arena.RowOf(index)[0]));
    }
}
