const response = await fetch("https://api.example.com/v1/simple/x%2Fy,z%3F/R=100,G=200,B=150/label/.1,2.1.2/matrix;e=R,100,G,200,B,150;f=p;f=q;g", {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
