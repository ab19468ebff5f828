using System.Diagnostics;
using System.Globalization;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Store;

/// <summary>A program that is killed while it adds to a store leaves what was there before, or all that it added.
/// </summary>
public sealed class StoreKillTests
{
    /// <summary>More than DuckDB's appender holds back (204,800), so that a part is written before the end.</summary>
    private const int Connections = 300_000;

    /// <summary>When the program is killed, as a share of the time that it takes.</summary>
    private static readonly double[] Moments = [0.5, 0.8, 0.9, 1.0];

    [Fact]
    public void A_killed_import_is_there_as_a_whole_or_not_at_all()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["first.log"], Log(1_000, "10.9.0.1"));
        File.WriteAllText(directory["conn.log"], Log(Connections, "10.9.0.2"));
        Assert.Equal(0, CommandRun.Of("store", "add", directory["first.log"], "--store", directory["s"]).ExitCode);
        var whole = Stopwatch.StartNew();
        File.Copy(directory["s"], directory["other"]);
        Add(directory["conn.log"], directory["other"]).WaitForExit();
        whole.Stop();

        var (kept, lost) = (0, 0);
        foreach (var share in Moments)
        {
            File.Copy(directory["s"], directory["t"], overwrite: true);
            File.Delete(directory["t.wal"]);
            using (var adding = Add(directory["conn.log"], directory["t"]))
            {
                adding.WaitForExit(whole.Elapsed * share);
                adding.Kill();
                adding.WaitForExit();
            }

            var listed = CommandRun.Of("store", "list", "--store", directory["t"]);
            Assert.True(listed.ExitCode == 0, $"at {share}: {listed.Error}");
            var isThere = listed.Output.Contains("conn.log", StringComparison.Ordinal);
            (kept, lost) = (kept + (isThere ? 1 : 0), lost + (isThere ? 0 : 1));
            Assert.Equal(1_000 + (isThere ? Connections : 0), Flows(directory["t"]));

            Assert.Equal(0, CommandRun.Of("store", "add", directory["conn.log"], "--store", directory["t"]).ExitCode);
            Assert.Equal(1_000 + Connections, Flows(directory["t"]));
        }

        Assert.True(lost > 0, $"every one of {kept} imports was complete before it was killed");
    }

    private static int Flows(string store) =>
        CommandRun.Of("flows", "--store", store, "--format", "csv").Output.Count(letter => letter == '\n') - 1;

    private static Process Add(string log, string store)
    {
        var words = PublishedProgram.Words;
        return Process.Start(new ProcessStartInfo(words[0], [.. words.Skip(1), "store", "add", log, "--store", store])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static string Log(int connections, string server) => string.Concat(
        "#separator \\x09\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\thistory\t"
            + "orig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\n",
        string.Concat(Enumerable.Range(0, connections).Select(index => string.Create(CultureInfo.InvariantCulture,
            $"{1_700_000_000 + index}.5\tC{server[^1]}{index}\t10.0.{index / 250 % 250}.{index % 250}\t"
                + $"{1024 + index % 60_000}\t{server}\t443\ttcp\tSF\tShADadFf\t6\t400\t5\t900\n"))));
}
