using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Connections;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Saving;
using PortAudit.Audit.State;
using PortAudit.Tests.Audit.Learned;
using PortAudit.Tests.Audit.State;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.Saving;

/// <summary>Audits that are saved and taken up again, and bytes that are no audit.</summary>
public sealed class AuditStateTests
{
    private const int HeadLength = 20;
    private const int TrailerLength = 40;

    [Fact]
    public void Wherever_an_audit_is_interrupted_it_says_the_same()
    {
        var bench = UnionTests.Bench();
        var expected = UnionTests.Text(bench, UnionTests.Flows);

        Prop.ForAll(Gen.Choose(0, UnionTests.Flows.Length).Two().ToArbitrary(), splits =>
            UnionTests.Text(bench, Interrupted(bench, UnionTests.Flows, splits.Item1, splits.Item2)) == expected)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [Fact]
    public void It_also_says_the_same_is_new()
    {
        var bench = UnionTests.Bench();
        bench.Learning = new LearningOptions(LearningBench.Learn(bench, UnionTests.Flows.Take(40)));
        var flows = UnionTests.Flows.AddRange(Regular());
        var auditor = Interrupted(bench, flows, 150, 507);

        var kinds = auditor.Complete(bench.Observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>())
            .Findings.Select(finding => finding.Kind).ToList();

        Assert.Contains(FindingKind.NewTraffic, kinds);
        Assert.Contains(FindingKind.PeriodicConnections, kinds);
        Assert.Equal(UnionTests.Text(bench, flows), UnionTests.Text(bench, auditor));
        AssertComesBack(bench, auditor, withTimelines: false);
    }

    [Fact]
    public void Whether_it_is_compared_with_a_baseline_matters_and_with_which_does_not()
    {
        var bench = UnionTests.Bench();
        var plain = Bytes(bench, UnionTests.Flows);
        var learning = new LearningOptions(LearningBench.Learn(bench));
        bench.Learning = new LearningOptions(LearningBench.Learn(bench, UnionTests.Flows));
        var compared = Bytes(bench, UnionTests.Flows);

        Assert.Equal("it was not compared with a baseline, which this run is",
            Unsuitable(plain, bench.Catalogs, bench.Site, learning: learning));
        Assert.Equal("it was compared with a baseline, which this run is not",
            Unsuitable(compared, bench.Catalogs, bench.Site));
        var auditor = SavedState.Load(compared, bench.Catalogs, bench.Site, learning: learning).Auditor;
        bench.Learning = learning;
        Assert.Equal(UnionTests.Text(bench, UnionTests.Flows), UnionTests.Text(bench, auditor));
    }

    private static IEnumerable<FlowRecord> Regular() => Enumerable.Range(0, 30).Select(i =>
        FlowSample.Of($"10.2.0.9:{40_000 + i} tcp 10.0.0.3:5985").Proving("http").At(i * 60));

    [Fact]
    public void Beyond_every_limit_too()
    {
        var bench = UnionTests.Bench();

        Assert.Equal(UnionTests.Text(bench, UnionTests.TooMany),
            UnionTests.Text(bench, Interrupted(bench, UnionTests.TooMany, 700, 2_300)));
    }

    [Fact]
    public void What_is_rare_is_saved_as_well()
    {
        var bench = RareFlows.Bench();
        var auditor = bench.NewAuditor(withTimelines: true);
        foreach (var flow in RareFlows.All())
            auditor.Add(flow);
        AssertComesBack(bench, auditor);
        AssertComesBack(bench, auditor.Settled(bench.Observation, new VlanPairs(), out _));
    }

    private static void AssertComesBack(AuditBench bench, Auditor auditor, bool withTimelines = true)
    {
        var bytes = SavedState.Of(auditor, bench.Observation);
        var saved = SavedState.Load(bytes, bench.Catalogs, bench.Site, withTimelines, bench.Learning);

        Assert.Equal(StateGraph.Describe(auditor, bench.Observation),
            StateGraph.Describe(saved.Auditor, saved.Observation));
        Assert.Equal(bytes, SavedState.Of(saved.Auditor, saved.Observation));
        Assert.Equal("1.2.3", saved.Program);
    }

    [Fact]
    public void The_order_of_flows_changes_no_byte_where_ledgers_are_not_full()
    {
        var bench = UnionTests.Bench();

        Assert.Equal(Bytes(bench, UnionTests.Flows), Bytes(bench, UnionTests.Flows.Reverse()));
    }

    [Fact]
    public void Any_text_comes_back_as_it_was()
    {
        var text = "lone \uD800, 𝄞, \0, \u202E";
        using var stream = new MemoryStream();
        var saving = new StateSaving(UnionTests.Bench().NewAuditor().Knowledge, stream);
        saving.Text(text);
        saving.Number(long.MinValue);
        saving.Number(long.MaxValue);
        saving.Flush();
        var loading = new StateLoading(saving.Knowledge, stream.ToArray());

        Assert.Equal((text, long.MinValue, long.MaxValue), (loading.Text(""), loading.Number(0), loading.Number(0)));
    }

    [Fact]
    public void Another_site_another_catalog_or_other_plots_are_told_apart()
    {
        var bench = UnionTests.Bench();
        var bytes = Bytes(bench, UnionTests.Flows);
        var catalog = bench.Catalogs.Files[0];

        Assert.Equal("it belongs to another site, or to this one before the site file changed",
            Unsuitable(bytes, bench.Catalogs, bench.Site with { Sha256 = "22" }));
        Assert.Equal("it was judged by another version of the catalog sample",
            Unsuitable(bytes, new CatalogSet([catalog with { Sha256 = "33" }], []), bench.Site));
        Assert.Equal("it was judged by other catalogs: sample",
            Unsuitable(bytes, new CatalogSet([catalog with { Id = "other", Sha256 = "33" }], []), bench.Site));
        Assert.Equal("it lacks the times of plots, which this run notes",
            Unsuitable(bytes, bench.Catalogs, bench.Site, withTimelines: true));
    }

    [Fact]
    public void Another_version_of_the_format_is_told_apart_whatever_follows()
    {
        var bench = UnionTests.Bench();
        var bytes = Bytes(bench, []);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), AuditState.FormatVersion + 1);

        Assert.Equal(
            $"its format version is {AuditState.FormatVersion + 1}, and this program reads version "
                + $"{AuditState.FormatVersion}",
            Unsuitable(bytes[..30], bench.Catalogs, bench.Site));
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_is_damage()
    {
        var bench = UnionTests.Bench();
        var bytes = Bytes(bench, UnionTests.Flows.Take(20));
        for (var length = 0; length < bytes.Length; length += 1 + (length / 40))
            Assert.True(Problem(bytes[..length], bench)?.IsDamage, $"cut at {length}");
        for (var at = 0; at < bytes.Length; at += 1 + (at / 40))
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x10;
            Assert.NotNull(Problem(changed, bench));
        }

        Assert.Equal("it is truncated or changed: the checksum differs", Problem([.. bytes, 0], bench)?.Text);
        Assert.Equal("it is not a saved audit", Problem([], bench)?.Text);
    }

    /// <summary>Bodies with a few changed bytes under a checksum that fits: most are refused, and what is taken up can
    /// be reported.</summary>
    [Fact]
    public void A_body_of_wrong_values_is_refused_or_can_be_reported()
    {
        var bench = UnionTests.Bench();
        var body = BodyOf(Bytes(bench, UnionTests.Flows.Take(120), withTimelines: true));
        var random = new Random(17);
        var taken = 0;
        for (var run = 0; run < 400; run++)
        {
            var changed = body.ToArray();
            for (var i = random.Next(3); i >= 0; i--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            using var stream = new MemoryStream(FileOf(changed, changed.Length));
            if (!AuditState.TryLoad(stream, bench.Catalogs, bench.Site, true, [], out var saved, out var problem))
            {
                Assert.NotEmpty(problem.Text);
                continue;
            }

            taken++;
            Assert.NotEmpty(PortAudit.Tests.EndToEnd.ObservedSample.Json(saved.Observation, saved.Auditor));
        }

        Assert.InRange(taken, 10, 390);
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(AuditState.MaximumBytes + 1L)]
    [InlineData(long.MinValue)]
    [InlineData(10)]
    public void Declared_sizes_reserve_nothing(long declared)
    {
        var bench = UnionTests.Bench();
        var body = BodyOf(Bytes(bench, UnionTests.Flows.Take(20)));
        var file = FileOf(body, declared);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(Problem(file, bench)?.IsDamage);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Fact]
    public void A_body_that_unpacks_to_more_than_it_says_is_left_there()
    {
        var bench = UnionTests.Bench();
        var file = FileOf(new byte[200_000_000], 1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(Problem(file, bench)?.IsDamage);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void Counts_beyond_the_bytes_that_are_left_reserve_nothing()
    {
        var knowledge = UnionTests.Bench().NewAuditor().Knowledge;
        byte[] many = [0xFF, 0xFF, 0xFF, 0xFF, 0x07, 1, 2, 3];

        Assert.Throws<InvalidDataException>(() =>
            new StateLoading(knowledge, many).Members<long>([], (archive, _) => archive.Number(0)));
        Assert.Throws<InvalidDataException>(() => new StateLoading(knowledge, (byte[])[1, .. many]).Text(""));
    }

    private static Auditor Interrupted(AuditBench bench, ImmutableArray<FlowRecord> flows, int first, int second)
    {
        var auditor = bench.NewAuditor();
        for (var i = 0; i < flows.Length; i++)
        {
            if (i == Math.Min(first, second) || i == Math.Max(first, second))
                auditor =
                    SavedState.Load(SavedState.Of(auditor, bench.Observation), bench.Catalogs, bench.Site,
                        learning: bench.Learning).Auditor;
            auditor.Add(flows[i]);
        }

        return auditor;
    }

    private static byte[] Bytes(AuditBench bench, IEnumerable<FlowRecord> flows, bool withTimelines = false)
    {
        var auditor = bench.NewAuditor(withTimelines);
        foreach (var flow in flows)
            auditor.Add(flow);
        return SavedState.Of(auditor, bench.Observation);
    }

    private static string Unsuitable(byte[] bytes, CatalogSet catalogs, PortAudit.Audit.Site.SiteFile site,
        bool withTimelines = false, LearningOptions? learning = null)
    {
        using var stream = new MemoryStream(bytes);
        Assert.False(AuditState.TryLoad(stream, catalogs, site, withTimelines, [], out var saved, out var problem,
            learning));
        Assert.Null(saved);
        Assert.False(problem.IsDamage);
        return problem.Text;
    }

    private static StateProblem? Problem(byte[] bytes, AuditBench bench)
    {
        using var stream = new MemoryStream(bytes);
        return AuditState.TryLoad(stream, bench.Catalogs, bench.Site, false, [], out _, out var problem)
            ? null
            : problem;
    }

    private static byte[] BodyOf(byte[] file)
    {
        using var body = new MemoryStream();
        using var compressed =
            new ZLibStream(new MemoryStream(file[HeadLength..^TrailerLength]), CompressionMode.Decompress);
        compressed.CopyTo(body);
        return body.ToArray();
    }

    private static byte[] FileOf(byte[] body, long declared)
    {
        using var file = new MemoryStream();
        file.Write("PortAudit state\n"u8);
        file.Write(BitConverter.GetBytes(AuditState.FormatVersion));
        using (var compressed = new ZLibStream(file, CompressionLevel.Fastest, leaveOpen: true))
            compressed.Write(body);
        file.Write(BitConverter.GetBytes(declared));
        file.Write(SHA256.HashData(file.ToArray()));
        return file.ToArray();
    }
}
