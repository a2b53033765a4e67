using Google.Protobuf;
using Google.Protobuf.Reflection;
using TrafficAI.FieldBus.Wire;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>The vectors that everybody who builds on the contract is given: byte for byte, each with its outcome.</summary>
public sealed class GoldenVectorTests
{
    public static TheoryData<string> Names => [.. Vectors.All.Select(v => v.Name)];

    [Fact]
    public void The_files_are_those_that_the_vectors_make()
    {
        var made = VectorFiles.Of(Vectors.All).ToList();
        var complaints = made.Select(file => Record.Exception(() => VectorFiles.Check(file.Name, file.Text))?.Message).Where(message => message is not null);
        Assert.Equal([], complaints);

        var known = made.Select(file => file.Name).Append("README.md");
        Assert.Empty(Directory.EnumerateFiles(VectorFiles.Folder).Select(path => Path.GetFileName(path)!).Where(name => !name.EndsWith(".actual", StringComparison.Ordinal)).Except(known));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_reader_comes_to_the_outcome_of_the_vector(string name)
    {
        var vector = Vectors.All.Single(v => v.Name == name);
        var payload = VectorFiles.ReadHex(name);
        Refusal? refusal = null;
        if (vector.Kind.IsOrder()) payload = Seal.Open(Vector.Key, Vector.TopicOf(vector.Kind), payload, out refusal)?.ToByteArray();
        IMessage? message = null;
        if (payload is not null && WireReader.TryRead(vector.Kind, payload, out var read, out refusal)) message = read;

        Assert.Equal(vector.Outcome, refusal?.Outcome ?? Outcome.Accepted);
        if (vector.Outcome == Outcome.Accepted) Assert.Equal(vector.Message, message);
        else Assert.DoesNotContain('\n', refusal!.Text);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_JSON_form_says_what_the_bytes_say(string name)
    {
        var vector = Vectors.All.Single(v => v.Name == name);
        var json = VectorFiles.ReadMessage(name);
        Assert.Equal(vector.Message is null, json is null);
        if (json is null) return;
        var message = new JsonParser(JsonParser.Settings.Default).Parse(json, vector.Message!.Descriptor);
        Assert.Equal(vector.Message, message);
    }

    [Fact]
    public void Every_kind_has_a_good_and_a_bad_vector()
    {
        var kinds = Enum.GetValues<MessageKind>();
        Assert.Equal(kinds, Vectors.All.Where(v => v.Outcome == Outcome.Accepted).Select(v => v.Kind).Distinct().Order());
        Assert.Equal(kinds, Vectors.All.Where(v => v.Outcome != Outcome.Accepted).Select(v => v.Kind).Distinct().Order());
        Assert.Equal(Vectors.All.Count, Vectors.All.Select(v => v.Name).Distinct().Count());
    }

    [Fact]
    public void Every_field_of_the_contract_stands_in_a_good_vector()
    {
        var seen = new HashSet<FieldDescriptor>();
        foreach (var vector in Vectors.All.Where(v => v.Outcome == Outcome.Accepted)) Collect(vector.Message!, seen);
        var all = FieldReflection.Descriptor.MessageTypes.Where(type => type.Name != nameof(Envelope)).SelectMany(type => type.Fields.InDeclarationOrder());
        Assert.Equal([], all.Where(field => !seen.Contains(field)).Select(field => field.FullName));
    }

    private static void Collect(IMessage message, HashSet<FieldDescriptor> seen)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            var values = value is System.Collections.IList list ? list.Cast<object>().ToList() : [value];
            if (values.Any(v => v is not null && !IsDefault(v))) seen.Add(field);
            foreach (var inner in values.OfType<IMessage>()) Collect(inner, seen);
        }
    }

    private static bool IsDefault(object value) => value switch
    {
        string text => text.Length == 0,
        ByteString bytes => bytes.IsEmpty,
        IMessage => false,
        bool flag => !flag,
        _ => Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture) == 0,
    };
}
