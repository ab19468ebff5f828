using System.Globalization;
using System.Text;
using PortAudit.Reports.Rows;

namespace PortAudit.Tests.Reports.Rows;

/// <summary>Rows that come in order are handed out while others come, among those that came before in any
/// order.</summary>
public sealed class OrderedRowsTests
{
    private const int Many = 6_000;
    private const int RowLength = 250;

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(Many)]
    public void The_list_is_the_same_as_when_all_rows_are_sorted_at_the_end(int rowsOfOneStart)
    {
        var random = new Random(rowsOfOneStart);
        var collected = Enumerable.Range(0, 500).Select(_ => RowOf(random.Next(Many / rowsOfOneStart), random))
            .ToList();
        var recent = Enumerable.Range(0, Many).Select(number => RowOf(number / rowsOfOneStart, random)).ToList();
        using var sorter = new RowSorter();
        foreach (var (key, text) in collected)
            sorter.Add(key, text);

        var (got, early) = (new List<string>(), 0);
        Assert.True(sorter.ExpectInOrder());
        foreach (var (key, text) in recent)
        {
            sorter.Add(key, text);
            sorter.HandOut(key.StartNs, rows => got.AddRange(Parted(rows)));
            early = got.Count;
        }

        sorter.ForEach(rows => got.AddRange(Parted(rows)));
        Assert.Equal(collected.Concat(recent).OrderBy(row => row.Key)
            .Select(row => Encoding.UTF8.GetString(row.Text)), got);
        Assert.Equal(rowsOfOneStart < Many, early > Many / 2);
    }

    [Fact]
    public void Rows_on_the_disk_are_handed_out_all_together()
    {
        using var sorter = new RowSorter(memoryBytes: 1_000);
        for (var number = 0; number < 100; number++)
            sorter.Add(new RowKey(number, 0), "row"u8);

        Assert.False(sorter.ExpectInOrder());
    }

    [Fact]
    public void Rows_that_lie_one_behind_the_other_are_handed_out_together_and_each_once()
    {
        using var sorter = new RowSorter();
        foreach (var startNs in new[] { 25, 5 })
            sorter.Add(new RowKey(startNs, 0), [(byte)('a' + startNs)]);
        Assert.True(sorter.ExpectInOrder());
        foreach (var startNs in new[] { 0, 10, 20, 30 })
            sorter.Add(new RowKey(startNs, 0), [(byte)('a' + startNs)]);

        var got = new List<string>();
        sorter.ForEach(rows => got.Add(string.Join(' ', rows.ToArray().Select(letter => letter - 'a'))));
        Assert.Equal(["0", "5", "10 20", "25", "30"], got);
    }

    private static IEnumerable<string> Parted(ReadOnlySpan<byte> rows) =>
        Encoding.UTF8.GetString(rows).Chunk(RowLength).Select(row => new string(row));

    // Long enough that a few thousand are handed out in several rounds.
    private static (RowKey Key, byte[] Text) RowOf(long startNs, Random random)
    {
        var id = (ulong)random.NextInt64();
        return (new RowKey(startNs, id),
            Encoding.UTF8.GetBytes(id.ToString($"D{RowLength}", CultureInfo.InvariantCulture)));
    }
}
