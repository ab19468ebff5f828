using System.Collections.Immutable;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;

namespace PortAudit.Tests.Capture.Ring;

public sealed class PcapngRingTests : IDisposable
{
    private const int Many = 1_000;
    private const int FileBytes = 40_000;

    private readonly TemporaryDirectory _folder = new();
    private readonly List<RingNotice> _notices = [];
    private readonly SteppedClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_follow_by_size_and_hold_every_packet_as_it_was_given()
    {
        var (given, ring) = Write(Options() with { MaximumBytes = FileBytes });

        Assert.InRange(ring.Files.Length, 5, 50);
        Assert.Equal(given.Packets, Read(ring.Files));
        Assert.All(ring.Files, file => Assert.InRange(new FileInfo(file.Path).Length, 1, FileBytes + 500));
        Assert.All(ring.Files.SkipLast(1),
            file => Assert.InRange(new FileInfo(file.Path).Length, FileBytes - 700, FileBytes + 500));
        Assert.Equal(0, ring.NotWritten);
        Assert.Empty(_notices);
    }

    [Fact]
    public void Files_follow_by_the_time_of_packets()
    {
        var (given, ring) = Write(Options() with { Period = TimeSpan.FromSeconds(60) });

        Assert.Equal(given.Packets, Read(ring.Files));
        Assert.Equal(5, ring.Files.Length);
        Assert.All(ring.Files.SkipLast(1),
            file => Assert.Equal((240, 239 * RingCapture.StepNs), (file.Packets, file.LastNs - file.FirstNs)));
    }

    [Fact]
    public void Names_are_dumpcaps_and_go_on_after_those_of_an_earlier_run()
    {
        _folder.Touch("ring_00041_20200101000000.pcapng");
        var (_, ring) = Write(Options() with { MaximumBytes = FileBytes });

        Assert.Equal("ring_00042_20261122163000.pcapng", Path.GetFileName(ring.Files[0].Path));
        Assert.Equal("ring_00043_20261122163000.pcapng", Path.GetFileName(ring.Files[1].Path));
        Assert.Equal(ring.Files.Select(file => file.Path).Order(StringComparer.Ordinal),
            ring.Files.Select(file => file.Path));
    }

    [Fact]
    public void Without_size_and_time_there_is_one_file_of_the_given_name_and_none_is_overwritten()
    {
        var (given, ring) = Write(Options());

        Assert.Equal(_folder["ring.pcapng"], Assert.Single(ring.Files).Path);
        Assert.Equal(given.Packets, Read(ring.Files));
        using var source = CaptureFile.Open(new MemoryStream(RingCapture.Of(1)), "test");
        Assert.Null(PcapngRing.TryOpen(source, Options(), out var problem));
        Assert.Contains("ring.pcapng", problem, StringComparison.Ordinal);
        Assert.Equal(given.Packets, Read(ring.Files));
    }

    [Fact]
    public void The_latest_files_are_kept_with_those_of_earlier_runs_and_others_are_left_alone()
    {
        string[] strangers =
        [
            "ring.pcapng", "ring_1_20200101000000.pcapng", "ring_00001_2020010100000.pcapng",
            "ring_00001_20200101000000.pcap", "ring_00001_20200101000000.pcapng.gz",
            "other_00001_20200101000000.pcapng",
            "ring_00001_20200101000000_.pcapng", "ring_0000a_20200101000000.pcapng",
            "ringer_00001_20200101000000.pcapng", "ring_.pcapng",
        ];
        _folder.Touch([.. strangers, "ring_00001_20200101000000.pcapng", "ring_00002_20200101000001.pcapng"]);
        var kept = new List<int>();
        var (given, ring) = Write(Options() with { MaximumBytes = FileBytes, MaximumFiles = 4 },
            each: _ => kept.Add(Directory.GetFiles(_folder.Path).Length - strangers.Length));

        Assert.Equal(3, kept.Min());
        Assert.Equal(4, kept.Max());
        Assert.Equal(4, ring.Files.Length);
        Assert.Equal(ring.Files.Select(file => file.Path).Concat(strangers.Select(name => _folder[name]))
            .Order(StringComparer.Ordinal), Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
        Assert.Equal(given.Packets.Skip((int)ring.Files[0].FirstFrame - 1), Read(ring.Files));
    }

    [Fact]
    public void A_frame_of_the_capture_is_found_by_its_number()
    {
        var (given, ring) = Write(Options() with { MaximumBytes = FileBytes });
        var frame = given.Packets[700];
        var file = ring.Files.Last(file => file.FirstFrame <= frame.Number);
        using var source = CaptureFile.Open(file.Path);

        Assert.Equal(frame.Hex, PacketCopy.All(source)[(int)(frame.Number - file.FirstFrame)].Hex);
        Assert.Equal(given.Packets.Count, ring.Files.Sum(one => one.Packets));
        Assert.Equal((given.Packets[0].TimestampNs, given.Packets[^1].TimestampNs),
            (ring.Files[0].FirstNs, ring.Files[^1].LastNs));
    }

    [Fact]
    public void Each_file_tells_its_interfaces_and_counts_what_they_counted_meanwhile()
    {
        var (given, ring) = Write(Options() with { MaximumBytes = FileBytes });
        var told = ring.Files.Select(file => Reading(file.Path)).ToList();

        Assert.Equal(given.Source.Interfaces, told[^1].Interfaces);
        Assert.Equal(given.Source.Interfaces.Take(2), told[0].Interfaces);
        foreach (var place in Enumerable.Range(0, 3))
        {
            var sums = told.SelectMany(one => one.Annotations.Drops).Where(drops => drops.Interface == place).ToList();
            var whole = RingCapture.CountersAfter(Many, place);
            Assert.Equal((whole.Received, whole.Accepted, whole.DroppedBySystem, whole.DroppedByInterface,
                whole.Delivered), (sums.Sum(one => one.Received), sums.Sum(one => one.Accepted),
                    sums.Sum(one => one.DroppedBySystem), sums.Sum(one => one.DroppedByInterface),
                    sums.Sum(one => one.Delivered)));
        }

        Assert.All(told, one => Assert.Equal("portaudit", Assert.Single(one.Annotations.Writers).Application));
    }

    [Fact]
    public void What_was_flushed_can_be_read_while_the_file_grows_and_no_block_is_ever_cut()
    {
        var (given, _) = Write(Options(), each: (ring, packet) =>
        {
            if (packet.Number % 100 == 0)
                ring.Flush();
            var reading = Reading(_folder["ring.pcapng"]);
            Assert.True(reading.Ending!.IsComplete, reading.Ending.Reason);
            if (packet.Number % 100 == 0)
                Assert.Equal(packet.Number, reading.Count);
        }, packets: 300);

        Assert.Equal(300, given.Packets.Count);
    }

    [Fact]
    public void What_was_flushed_outlives_a_process_that_is_killed()
    {
        using var process = ChildProgram.Start("ring", _folder["ring.pcapng"]);
        for (var line = 0; line < 200; line++)
            Assert.NotNull(process.StandardOutput.ReadLine());
        process.Kill();
        var safe = process.StandardOutput.ReadToEnd().Split('\n')[..^1]
            .Select(line => long.Parse(line, System.Globalization.CultureInfo.InvariantCulture)).LastOrDefault();
        process.WaitForExit();
        var reading = Reading(_folder["ring.pcapng"]);

        Assert.InRange(reading.Count, safe, long.MaxValue);
        Assert.True(reading.Ending!.Kind is CaptureEndKind.Complete or CaptureEndKind.Cut, reading.Ending.Reason);
        Assert.Equal(Enumerable.Range(1, (int)reading.Count).Select(number => RingCapture.FirstNs + number),
            reading.Packets.Select(packet => packet.TimestampNs));
    }

    [Fact]
    public void A_full_disk_is_told_once_and_counted_and_a_new_file_goes_on_when_there_is_room()
    {
        var room = 60_000L;
        var (given, ring) = Write(Options() with
        {
            MaximumBytes = FileBytes,
            Create = path =>
            new LimitedStream(RingFileWriter.Create(path), count => (room -= count) >= 0)
        }, each: (one, packet) =>
        {
            one.Flush();
            if (packet.Number == 600)
            {
                Assert.NotNull(one.Failure);
                room = long.MaxValue;
                _clock.Advance(PcapngRing.RetryAfter - TimeSpan.FromSeconds(1));
            }
            else if (packet.Number == 700)
            {
                Assert.NotNull(one.Failure);
                _clock.Advance(TimeSpan.FromSeconds(1));
            }
        });
        var lost = given.Packets.Count - Read(ring.Files).Count;

        Assert.Equal([false, true], _notices.Select(notice => notice.IsWriting));
        Assert.Contains("no room", _notices[0].Text, StringComparison.Ordinal);
        Assert.Contains("writes again", _notices[1].Text, StringComparison.Ordinal);
        Assert.InRange(lost, 300, 700);
        Assert.Equal((lost, lost), (ring.NotWritten, _notices[1].NotWritten));
        Assert.Null(ring.Failure);
        var numbered = ring.Files.SelectMany(file =>
            Reading(file.Path).Packets.Select((packet, index) => (Number: file.FirstFrame + index, packet.Hex)));
        Assert.All(numbered, frame => Assert.Equal(given.Packets[(int)frame.Number - 1].Hex, frame.Hex));
        Assert.All(ring.Files, file => Assert.True(Reading(file.Path).Ending!.IsComplete));
    }

    [NeedsFact(Part.Mount)]
    public void A_real_file_system_that_is_full_is_told_and_what_it_took_is_whole()
    {
        using var disk = new SmallDisk(200_000);
        var (given, ring) = Write(Options(Path.Combine(disk.Path, "ring.pcapng")) with { MaximumBytes = FileBytes },
            each: (one, _) => one.Flush());

        Assert.False(Assert.Single(_notices).IsWriting);
        Assert.NotNull(ring.Failure);
        Assert.InRange(ring.NotWritten, 1, given.Packets.Count - 100);
        Assert.Equal(given.Packets.Take(given.Packets.Count - (int)ring.NotWritten), Read(ring.Files));
        Assert.All(ring.Files, file => Assert.True(Reading(file.Path).Ending!.IsComplete));
    }

    [Fact]
    public void While_the_disk_stays_full_it_tries_again_and_says_no_more()
    {
        var attempts = 0;
        var (_, ring) = Write(Options() with
        {
            MaximumBytes = FileBytes,
            Create = path => ++attempts == 1
            ? RingFileWriter.Create(path)
            : throw new IOException("no room")
        }, each: (_, _) => _clock.Advance(TimeSpan.FromSeconds(10)));

        Assert.Single(_notices);
        Assert.InRange(attempts, 250, 350);
        Assert.Equal(Many - Assert.Single(ring.Files).Packets, ring.NotWritten);
    }

    [Fact]
    public void A_directory_that_goes_and_comes_again_stops_nobody()
    {
        using var other = new TemporaryDirectory();
        var folder = Directory.CreateDirectory(other["a"]).FullName;
        var (given, ring) = Write(Options(Path.Combine(folder, "ring.pcapng"))
            with
        { MaximumBytes = FileBytes }, each: (one, packet) =>
        {
            if (packet.Number == 300)
                Directory.Delete(folder, recursive: true);
            if (packet.Number == 310)
                one.Flush();
            if (packet.Number != 500)
                return;
            Assert.NotNull(one.Failure);
            Directory.CreateDirectory(folder);
            _clock.Advance(PcapngRing.RetryAfter);
        });

        Assert.Equal([false, true], _notices.Select(notice => notice.IsWriting));
        Assert.InRange(ring.NotWritten, 190, 200);
        Assert.Equal(given.Packets.Skip(500), Read([.. ring.Files.Where(file => File.Exists(file.Path))]));
    }

    [Fact]
    public void A_file_that_was_renamed_is_followed_by_another()
    {
        var (given, ring) = Write(Options(), each: (one, packet) =>
        {
            if (packet.Number != 300)
                return;
            one.Flush();
            File.Move(_folder["ring.pcapng"], _folder["taken.pcapng"]);
            one.Flush();
        });

        Assert.Contains("removed or renamed", Assert.Single(_notices).Text, StringComparison.Ordinal);
        Assert.Equal(given.Packets.Take(300), Reading(_folder["taken.pcapng"]).Packets);
        Assert.Equal(given.Packets.Skip(300), Read(ring.Files));
    }

    [Fact]
    public void An_old_file_that_cannot_be_removed_is_told_and_stops_nobody()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var locked = new TemporaryDirectory();
        using var source = CaptureFile.Open(new MemoryStream(RingCapture.Of(10)), "test");
        locked.Touch("ring_00001_20200101000000.pcapng");
        File.SetUnixFileMode(locked.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using (Unprivileged.Become())
        {
            Assert.Null(PcapngRing.TryOpen(source,
                Options(locked["ring.pcapng"]) with { MaximumBytes = FileBytes, MaximumFiles = 1 }, out var problem));
            Assert.Contains("denied", problem, StringComparison.Ordinal);
        }

        File.SetUnixFileMode(locked.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains("cannot be removed", Assert.Single(_notices).Text, StringComparison.Ordinal);
        Assert.True(_notices[0].IsWriting);
    }

    [Fact]
    public void Keeping_a_packet_allocates_nothing()
    {
        using var source = CaptureFile.Open(new MemoryStream(RingCapture.Of(10_000)), "test");
        using var ring = Open(source, Options());
        for (var packet = 0; packet < 6_000; packet++)
            _ = Keep();

        Assert.Equal(0, Allocation.LeastMeasured(() =>
        {
            var allocated = 0L;
            for (var packet = 0; packet < 800; packet++)
                allocated += Keep();
            return allocated;
        }));

        long Keep()
        {
            Assert.True(source.TryRead(out var one));
            var before = GC.GetAllocatedBytesForCurrentThread();
            ring.Write(one);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [NeedsFact(Part.Tshark)]
    public void Wireshark_reads_every_file_without_complaint_and_together_they_are_what_was_given()
    {
        var (given, ring) = Write(Options() with { MaximumBytes = FileBytes, Period = TimeSpan.FromSeconds(25) });
        string[] fields =
            ["frame.time_epoch", "frame.len", "frame.cap_len", "frame.interface_name", "frame.encap_type"];
        File.WriteAllBytes(_folder["given.pcapng"], RingCapture.Of(Many));
        var paths = ring.Files.Select(file => file.Path).ToArray();
        WiresharkProgram.Run("mergecap", ["-w", _folder["merged.pcapng"], .. paths]);
        var expected = Tshark.Fields(_folder["given.pcapng"], "", fields).Select(cells => string.Join('|', cells))
            .ToList();

        Assert.Equal(expected, paths.SelectMany(path => Tshark.Fields(path, "", fields))
            .Select(cells => string.Join('|', cells)));
        Assert.Equal(expected, Tshark.Fields(_folder["merged.pcapng"], "", fields)
            .Select(cells => string.Join('|', cells)));
        Assert.Equal(given.Packets.Count, paths.Sum(path => long.Parse(WiresharkProgram
            .Run("capinfos", ["-T", "-r", "-m", "-Q", "-M", "-c", path]).Trim().Split(',')[1].Trim('"'),
                System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(Statistics("given.pcapng"), Statistics("merged.pcapng"));

        string Statistics(string name) => WiresharkProgram.Run("tshark",
            ["-n", "-r", _folder[name], "-q", "-z", "io,stat,10,frame.interface_name==\"eth0\",frame.cap_len==600"]);
    }

    private PcapngRingOptions Options(string? path = null) =>
        new()
        {
            Path = path ?? _folder["ring.pcapng"],
            Clock = _clock,
            Report = _notices.Add,
            Writer = new CaptureWriter(null, null, "portaudit")
        };

    private static PcapngRing Open(ICaptureSource source, PcapngRingOptions options) =>
        PcapngRing.TryOpen(source, options, out var problem) ?? throw new InvalidOperationException(problem);

    private static ((List<PacketCopy> Packets, ICaptureSource Source) Given, PcapngRing Ring) Write(
        PcapngRingOptions options, Action<PcapngRing, PacketCopy>? each = null, int packets = Many)
    {
        var source = CaptureFile.Open(new MemoryStream(RingCapture.Of(packets)), "test");
        var given = new List<PacketCopy>();
        using var ring = Open(source, options);
        while (source.TryRead(out var packet))
        {
            given.Add(PacketCopy.Of(packet));
            ring.Write(packet);
            each?.Invoke(ring, given[^1]);
        }

        return ((given, source), ring);
    }

    private static ((List<PacketCopy> Packets, ICaptureSource Source) Given, PcapngRing Ring) Write(
        PcapngRingOptions options, Action<PcapngRing> each) => Write(options, (ring, _) => each(ring));

    /// <summary>The packets of all files, numbered through.</summary>
    private static List<PacketCopy> Read(ImmutableArray<RingFile> files) =>
        [.. files.SelectMany(file =>
            Reading(file.Path).Packets.Select((packet, index) => packet with { Number = file.FirstFrame + index }))];

    private static FileReading Reading(string path)
    {
        using var source = CaptureFile.Open(path);
        var packets = PacketCopy.All(source);
        return new FileReading(packets, [.. source.Interfaces], source.Annotations, source.Ending);
    }

    private sealed record FileReading(List<PacketCopy> Packets, ImmutableArray<CaptureInterface> Interfaces,
        CaptureAnnotations Annotations, CaptureEnd? Ending)
    {
        public long Count => Packets.Count;
    }

    /// <summary>A clock that stands until it is told.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 22, 16, 30, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _now += time;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;
    }

    /// <summary>A file on a disk that has an end: it takes a part of what is beyond.</summary>
    private sealed class LimitedStream(Stream file, Func<int, bool> hasRoom) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => file.Position = value;
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!hasRoom(buffer.Length))
            {
                file.Write(buffer[..(buffer.Length / 2)]);
                throw new IOException("no room");
            }

            file.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override void SetLength(long value) => file.SetLength(value);

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }
    }
}
