using System.Reflection;
using System.Reflection.Metadata.Ecma335;

namespace PortAudit.Tests.Profiles;

public sealed class ProfileWriterTests
{
    private static readonly MethodCounts Counted = new("", "", 0, [new(new(1, 2), 3, []), new(new(4, 5), long.MaxValue, ["System.String, System.Private.CoreLib", "System.Int32[], System.Private.CoreLib", null])]);

    [Fact]
    public void What_is_written_is_read_back_for_every_method_of_the_program()
    {
        using var methods = ProgramMethods.In(AppContext.BaseDirectory);
        var named = methods.All.Where(method => methods.Find(method.Name, method.IlLength) is not null).OrderBy(method => method.Assembly, StringComparer.Ordinal).ToList();
        Assert.True(named.Count > 1_000);
        var writer = new ProfileWriter();
        foreach (var method in named)
            writer.Add(method, Counted);
        using var profile = new MemoryStream();
        writer.WriteTo(profile);
        profile.Position = 0;
        Assert.Equal(named.Select(method => (method.Name, method.IlLength)), ProfileReader.Read(profile));
    }

    [Fact]
    public void The_runtime_finds_each_method_by_the_reference_to_it()
    {
        using var methods = ProgramMethods.In(AppContext.BaseDirectory);
        var chosen = methods.All.Where(method => method.Assembly == "PortAudit.Traffic" && methods.Find(method.Name, method.IlLength) is not null).ToList();
        var writer = new ProfileWriter();
        foreach (var method in chosen)
            writer.Add(method, Counted);
        using var profile = new MemoryStream();
        writer.WriteTo(profile);
        var module = Assembly.Load(profile.ToArray()).ManifestModule;
        Assert.All(chosen.Select((method, index) => (method, index)), pair =>
        {
            var found = module.ResolveMethod(MetadataTokens.GetToken(MetadataTokens.MemberReferenceHandle(pair.index + 1)))!;
            Assert.Equal(pair.method.Name, $"{found.DeclaringType!.FullName}.{found.Name}");
            Assert.Equal(pair.method.IlLength, found.GetMethodBody()!.GetILAsByteArray()!.Length);
        });
    }

    [Fact]
    public void The_same_counts_give_the_same_bytes()
    {
        using var methods = ProgramMethods.In(AppContext.BaseDirectory);
        Assert.Equal(Write(methods), Write(methods));
    }

    [Fact]
    public void A_method_is_found_by_name_and_length_only()
    {
        using var methods = ProgramMethods.In(AppContext.BaseDirectory);
        var method = methods.All.First();
        Assert.NotNull(methods.Find(method.Name, method.IlLength));
        Assert.Null(methods.Find(method.Name, method.IlLength + 100_000));
        Assert.Null(methods.Find(method.Name + "x", method.IlLength));
    }

    [Fact]
    public void A_file_that_is_no_profile_is_refused() => Assert.Throws<BadImageFormatException>(() => ProfileReader.Read(new MemoryStream("no profile at all"u8.ToArray())));

    private static byte[] Write(ProgramMethods methods)
    {
        var writer = new ProfileWriter();
        writer.Add(methods.All.First(), Counted);
        using var profile = new MemoryStream();
        writer.WriteTo(profile);
        return profile.ToArray();
    }
}
